package cloud.thalassa.lb.api.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;

/** Names of Kubernetes objects that are made for names which people gave. */
public final class Names {
  private Names() {}

  /**
   * The same new object with another name, for its own one is taken; clients see no difference.
   *
   * @param suffix five lower case letters and digits
   */
  public static void change(HasMetadata object, String suffix) {
    var metadata = object.getMetadata();
    var name = metadata.getName();
    metadata.getAnnotations().putIfAbsent(Notes.NAME, name);
    metadata.setName(name + "-" + suffix);
  }

  /** A DNS label that begins with a letter, of at most that many characters. */
  static String label(String name, int most) {
    var words =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    var label = words.isEmpty() || !Character.isLetter(words.charAt(0)) ? "x" + words : words;
    return label.length() <= most ? label : label.substring(0, most).replaceAll("-+$", "");
  }
}
