package cloud.thalassa.lb.operator.front;

import cloud.thalassa.lb.crds.manifest.Spelling;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The annotations of one object, read with an eye on what its owner may have meant. */
public final class Annotations {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,9}");

  private final SortedMap<String, String> values = new TreeMap<>();
  private final Remarks remarks;

  public Annotations(HasMetadata object, Remarks remarks) {
    this.remarks = remarks;
    var annotations = object.getMetadata().getAnnotations();
    if (annotations != null) {
      annotations.forEach(
          (key, value) -> {
            if (key.startsWith(Annotation.PREFIX)) {
              values.put(key.substring(Annotation.PREFIX.length()), value.strip());
            }
          });
    }
  }

  /** Null: the object does not say. */
  public @Nullable String text(Annotation annotation) {
    return values.get(annotation.toString());
  }

  /** Null: the object does not say, or nobody knows what. */
  public @Nullable Boolean flag(Annotation annotation, String otherwise) {
    var text = text(annotation);
    if (text == null || TRUE.contains(text) || FALSE.contains(text)) {
      return text == null ? null : TRUE.contains(text);
    }
    remarks.unclear(
        annotation, "%s: \"%s\" must be true or false".formatted(annotation, text), otherwise);
    return null;
  }

  public boolean holds(Annotation annotation) {
    return Boolean.TRUE.equals(flag(annotation, "the default, false, is in effect"));
  }

  /** A whole number within its limits, or else the default. */
  public int number(Annotation annotation, int least, int most, int otherwise) {
    var number = number(annotation, least, most, String.valueOf(otherwise));
    return number == null ? otherwise : number;
  }

  /**
   * A whole number within its limits; null: the object does not say, or nobody knows what.
   *
   * @param otherwise the default, in words
   */
  public @Nullable Integer number(Annotation annotation, int least, int most, String otherwise) {
    var text = text(annotation);
    if (text == null) {
      return null;
    }
    if (INTEGER.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    remarks.unclear(
        annotation,
        "%s: \"%s\" must be a whole number from %d to %d".formatted(annotation, text, least, most),
        "the default, %s, is in effect".formatted(otherwise));
    return null;
  }

  /** What follows {@code acl-port-} in the annotations that say so. */
  public Set<String> portsWithSources() {
    var ports = new java.util.TreeSet<String>();
    for (var word : values.keySet()) {
      if (word.startsWith(Annotation.ACL_PORT)) {
        ports.add(word.substring(Annotation.ACL_PORT.length()));
      }
    }
    return ports;
  }

  public @Nullable String sourcesOf(String port) {
    return values.get(Annotation.ACL_PORT + port);
  }

  /** Of ours, those that have a meaning on other objects only. */
  public void remarkOthersThan(Set<Annotation> known) {
    for (var word : values.keySet()) {
      var annotation = Annotation.of(word);
      if (word.startsWith(Annotation.ACL_PORT)
          || (annotation != null && !known.contains(annotation))) {
        remarks.setting("%s%s has no effect here: remove it.".formatted(Annotation.PREFIX, word));
      }
    }
  }

  /** Names that are none of ours. One that was probably meant for another has that one's cost. */
  public void remarkUnknown() {
    for (var word : values.keySet()) {
      if (Annotation.of(word) != null || word.startsWith(Annotation.ACL_PORT)) {
        continue;
      }
      var problem = "%s%s is no annotation of ours".formatted(Annotation.PREFIX, word);
      var meant = meant(word);
      if (meant != null) {
        remarks.unclear(
            meant,
            "%s, and may be %s misspelt: correct or remove it".formatted(problem, meant),
            "it has no effect");
      } else if (word.startsWith("acl")) {
        remarks.refuse(problem + ", and may be about who may connect: correct or remove it");
      } else {
        remarks.setting(problem + ": remove it, it has no effect.");
      }
    }
  }

  private static @Nullable Annotation meant(String word) {
    return Arrays.stream(Annotation.values())
        .filter(known -> Spelling.near(known.toString(), word))
        .findFirst()
        .orElse(null);
  }
}
