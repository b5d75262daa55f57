package cloud.thalassa.lb.api.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Versions of objects as HTTP has them: entity tags (RFC 9110, 8.8.3). */
public final class Etags {
  private Etags() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Refuses what is meant for another version.
   *
   * @param condition the header {@code If-Match}; null: there is none
   */
  public static void check(HasMetadata object, @Nullable String condition) {
    if (condition != null) {
      check(Identity.of(object), Heads.version(object), condition);
    }
  }

  /** The same for what is no object of the cluster. */
  public static void check(String identity, long version, @Nullable String condition) {
    if (condition == null || condition.strip().equals("*")) {
      return;
    }
    var now = of(version);
    if (Arrays.stream(condition.split(",")).map(String::strip).noneMatch(now::equals)) {
      throw Refusal.stale(
          "If-Match: %s is now at version %s: read it again and repeat the change"
              .formatted(identity, now));
    }
  }
}
