package cloud.thalassa.lb.api.translate;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels and annotations of clients, which are those of the object except for ours. */
final class Labels {
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern NOTED = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
  private static final int LONGEST_NOTED = 317;
  private static final String KUBECTL = "kubectl.kubernetes.io/";
  private static final int MOST_CHARACTERS = 65_536;

  private Labels() {}

  /** Without what clients do not see. */
  static Map<String, String> visible(@Nullable Map<String, String> all) {
    var visible = new TreeMap<String, String>();
    if (all != null) {
      all.forEach(
          (key, value) -> {
            if (!hidden(key)) {
              visible.put(key, value == null ? "" : value);
            }
          });
    }
    return visible;
  }

  /** What there is, with these in the place of what clients see. */
  static Map<String, String> replaced(
      @Nullable Map<String, String> all, Map<String, String> visible) {
    var next = new TreeMap<>(visible);
    if (all != null) {
      all.forEach(
          (key, value) -> {
            if (hidden(key)) {
              next.put(key, value);
            }
          });
    }
    return next;
  }

  static Map<String, String> labels(String field, @Nullable Map<String, String> given) {
    var checked = new TreeMap<String, String>();
    if (given != null) {
      given.forEach(
          (key, value) -> {
            checkKey(field, key);
            var text = value == null ? "" : value;
            if (!text.isEmpty() && !WORD.matcher(text).matches()) {
              throw Refusal.invalid(
                  field + "." + key,
                  Text.quoted(text)
                      + " is no value of a label: at most 63 letters, digits, -, _ and ., at both"
                      + " ends a letter or digit");
            }
            checked.put(key, text);
          });
    }
    return checked;
  }

  /**
   * Labels that are only noted, and become none of an object. Their keys may have more than one
   * slash: one that clients look for has, {@code kubernetes.io/role/lb}.
   */
  static Map<String, String> noted(@Nullable Map<String, String> given) {
    var checked = new TreeMap<String, String>();
    if (given != null) {
      given.forEach(
          (key, value) -> {
            if (key.length() > LONGEST_NOTED || !NOTED.matcher(key).matches() || hidden(key)) {
              throw Refusal.invalid(
                  "labels",
                  Text.quoted(key)
                      + " is no key, or one that is reserved: write words of letters, digits, -, _"
                      + " and ., separated by slashes");
            }
            checked.put(key, Text.bounded("labels." + key, value, LONGEST_NOTED));
          });
    }
    return checked;
  }

  static Map<String, String> annotations(@Nullable Map<String, String> given) {
    var checked = new TreeMap<String, String>();
    int characters = 0;
    if (given != null) {
      for (var entry : given.entrySet()) {
        checkKey("annotations", entry.getKey());
        var value = entry.getValue() == null ? "" : entry.getValue();
        characters += entry.getKey().length() + value.length();
        checked.put(entry.getKey(), value);
      }
    }
    if (characters > MOST_CHARACTERS) {
      throw Refusal.invalid(
          "annotations",
          "have %d characters together, at most %d are allowed"
              .formatted(characters, MOST_CHARACTERS));
    }
    return checked;
  }

  private static void checkKey(String field, String key) {
    int slash = key.indexOf('/');
    var prefix = key.substring(0, Math.max(slash, 0));
    if (!WORD.matcher(key.substring(slash + 1)).matches()
        || slash == 0
        || prefix.length() > 253
        || (slash > 0 && !PREFIX.matcher(prefix).matches())) {
      throw Refusal.invalid(
          field,
          Text.quoted(key)
              + " is no key: write [prefix/]name, the name of at most 63 letters, digits, -, _ and .");
    }
    if (hidden(key)) {
      throw Refusal.invalid(field, Text.quoted(key) + " has a prefix that is reserved");
    }
  }

  private static boolean hidden(String key) {
    return key.startsWith(Notes.OURS) || key.startsWith(KUBECTL);
  }
}
