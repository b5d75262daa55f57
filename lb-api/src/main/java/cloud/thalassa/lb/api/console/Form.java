package cloud.thalassa.lb.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.thalassa.lb.api.translate.Refusal;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fields of a form hold, by the names that they have in bodies of REST. What is not there is
 * empty.
 */
record Form(Map<String, List<String>> fields) {
  static final String STAMP = "stamp";

  Form {
    fields = Map.copyOf(fields);
  }

  static Form empty() {
    return new Form(Map.of());
  }

  /** {@code application/x-www-form-urlencoded}. */
  static Form parse(String body) {
    var fields = new LinkedHashMap<String, List<String>>();
    for (var pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields
            .computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("the form", "cannot be read");
    }
  }

  /** The same with a field of this value. */
  Form with(String name, @Nullable Object value) {
    return value == null || value.toString().isEmpty()
        ? this
        : with(name, List.of(value.toString()));
  }

  Form with(String name, List<String> values) {
    var next = new LinkedHashMap<>(fields);
    next.put(name, List.copyOf(values));
    return new Form(next);
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of()).stream().filter(it -> !it.isEmpty()).toList();
  }

  String text(String name) {
    var values = fields.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst().strip();
  }

  @Nullable String textOrNull(String name) {
    var text = text(name);
    return text.isEmpty() ? null : text;
  }

  /**
   * Of the object that is changed, when the form was made.
   *
   * @param now where the form does not say it yet
   */
  String version(@Nullable Object now) {
    var version = text("objectVersion");
    return version.isEmpty() ? String.valueOf(now) : version;
  }

  boolean checked(String name) {
    return !text(name).isEmpty();
  }

  @Nullable Long number(String name) {
    var text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches("-?[0-9]{1,18}")) {
      throw Refusal.invalid(name, "must be a whole number");
    }
    return Long.valueOf(text);
  }

  @Nullable Integer integer(String name) {
    var number = number(name);
    if (number == null) {
      return null;
    }
    return number.intValue() == number ? number.intValue() : number < 0 ? -1 : Integer.MAX_VALUE;
  }

  /** One value a line, or between commas. */
  List<String> lines(String name) {
    return text(name)
        .lines()
        .flatMap(it -> List.of(it.split(",", -1)).stream())
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  /** {@code key=value}, one a line. */
  Map<String, String> pairs(String name) {
    var pairs = new LinkedHashMap<String, String>();
    for (var line : text(name).lines().map(String::strip).filter(it -> !it.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw Refusal.invalid(name, "write one key=value on each line");
      }
      pairs.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return pairs;
  }

  /** As {@link #pairs} reads it. */
  static String text(@Nullable Map<String, String> pairs) {
    var text = new StringBuilder();
    if (pairs != null) {
      pairs.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    }
    return text.toString();
  }
}
