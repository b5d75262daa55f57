package cloud.thalassa.lb.crds.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file of manifests, of which one document is changed and all others stay as they
 * are, to the byte.
 *
 * @param parts split where {@link ManifestReader} splits it; together they are the text
 */
public record ManifestText(List<String> parts) {
  private static final Pattern BEGIN = Pattern.compile("(?<=[\\n\\r])(?=---)");

  public ManifestText {
    parts = List.copyOf(parts);
  }

  public static ManifestText of(String text) {
    return new ManifestText(List.of(BEGIN.split(text)));
  }

  /**
   * The same with another document in the place of the first one of that identity, between the
   * comments that stood before and after that; null: there is none.
   *
   * @param home the namespace of objects that name none
   * @param document ends with a line break
   */
  public @Nullable ManifestText with(Identity identity, String home, String document) {
    return changed(identity, home, part -> between(part, document));
  }

  /** The same without the first document of that identity; null: there is none. */
  public @Nullable ManifestText without(Identity identity, String home) {
    return changed(identity, home, part -> "");
  }

  /** Whether nothing is left. */
  public boolean isBlank() {
    return toString().isBlank();
  }

  private @Nullable ManifestText changed(
      Identity identity, String home, UnaryOperator<String> change) {
    for (int i = 0; i < parts.size(); i++) {
      if (holds(parts.get(i), identity, home)) {
        var changed = new ArrayList<>(parts);
        changed.set(i, change.apply(parts.get(i)));
        return new ManifestText(changed);
      }
    }
    return null;
  }

  private static boolean holds(String part, Identity identity, String home) {
    return YamlStream.read("", part).documents().stream()
        .anyMatch(document -> identity.equals(Identity.of(document.value(), home)));
  }

  private static String between(String part, String document) {
    var lines = part.lines().toList();
    int first = 0;
    int last = lines.size();
    while (first < last && (isComment(lines.get(first)) || isSeparator(lines.get(first)))) {
      first++;
    }
    while (last > first && isComment(lines.get(last - 1))) {
      last--;
    }
    var text = new StringBuilder();
    if (first == 0 && part.startsWith("---")) { // the document itself begins in this line
      text.append("---\n");
    }
    lines.subList(0, first).forEach(line -> text.append(line).append('\n'));
    text.append(document);
    lines.subList(last, lines.size()).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static boolean isComment(String line) {
    return line.isBlank() || line.startsWith("#");
  }

  private static boolean isSeparator(String line) {
    return line.startsWith("---") && (line.length() == 3 || isComment(line.substring(3).strip()));
  }

  @Override
  public String toString() {
    return String.join("", parts);
  }
}
