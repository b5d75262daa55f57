package cloud.thalassa.lb.operator.front;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The SecurityGroups that an annotation names. */
public final class GroupNames {
  private static final Pattern GROUP = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?");
  private static final int MOST_GROUPS = 16;

  private GroupNames() {}

  public static List<String> of(Annotations annotations, Remarks remarks) {
    var text = annotations.text(Annotation.SECURITY_GROUPS);
    if (text == null) {
      return List.of();
    }
    var names = Stream.of(text.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
    if (names.isEmpty() || !names.stream().allMatch(name -> GROUP.matcher(name).matches())) {
      remarks.unclear(
          Annotation.SECURITY_GROUPS,
          "security-groups: \"%s\" must name SecurityGroups of this namespace, with commas"
              .formatted(text),
          "");
    }
    if (names.size() >= MOST_GROUPS) {
      remarks.unclear(
          Annotation.SECURITY_GROUPS,
          "security-groups: %d are more than %d".formatted(names.size(), MOST_GROUPS - 1),
          "");
    }
    return names;
  }
}
