package cloud.thalassa.lb.operator.front;

import org.jspecify.annotations.Nullable;

/**
 * Something that the owner of a Service or Gateway must hear about it.
 *
 * @param port that it costs; null: none, or all
 * @param sentence names the annotation or field, and says what would be right
 */
public record Remark(Cost cost, @Nullable PortKey port, String sentence) {

  /** What it costs. */
  public enum Cost {
    /** The Service is not served. */
    SERVICE("ServiceRefused"),
    /** One port is not served. */
    PORT("PortRefused"),
    /** A setting is not in effect. */
    SETTING("SettingNotInEffect"),
    /** Nothing: it works, in a way that not everybody expects. */
    NOTHING("Note");

    private final String reason;

    Cost(String reason) {
      this.reason = reason;
    }

    /** Of an Event. */
    public String reason() {
      return reason;
    }
  }
}
