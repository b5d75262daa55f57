package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.wire.EventView;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import io.quarkus.qute.TemplateData;

/**
 * How something is: a word, and a kind that has a shape and a colour.
 *
 * @param kind {@code good}, {@code warn}, {@code bad}, {@code wait} or {@code off}
 */
@TemplateData
public record State(String word, String kind) {
  private static final State READY = new State("Ready", "good");
  private static final State DEGRADED = new State("Degraded", "warn");

  /**
   * Of a load balancer.
   *
   * @param unwell of its target groups
   */
  static State of(LoadBalancerView view, long unwell) {
    return switch (view.status()) {
      case "ready" -> view.statusMessage() == null && unwell == 0 ? READY : DEGRADED;
      case "failed" -> new State("Failed", "bad");
      case "deleting" -> new State("Deleting", "off");
      default -> new State("Creating", "wait");
    };
  }

  /** Of a target. */
  static State ofTarget(String state) {
    return switch (state) {
      case "healthy" -> new State("Healthy", "good");
      case "unhealthy" -> new State("Unhealthy", "bad");
      case "draining" -> new State("Draining", "off");
      default -> new State("Initial", "wait");
    };
  }

  /** Of a target group, as one load balancer sees it. */
  static State ofGroup(String status) {
    return switch (status) {
      case "healthy" -> new State("Healthy", "good");
      case "degraded" -> DEGRADED;
      case "down" -> new State("Down", "bad");
      default -> new State("No targets", "warn");
    };
  }

  /** Of what something has happened to. */
  static State after(EventView event) {
    var status = String.valueOf(event.status());
    return switch (event.type()) {
      case "health" -> ofTarget(status);
      case "failover" -> new State("Failover", "warn");
      default -> new State(String.valueOf(event.condition()), ofCondition(status));
    };
  }

  private static String ofCondition(String status) {
    return switch (status) {
      case "True" -> "good";
      case "False" -> "bad";
      default -> "wait";
    };
  }

  /** Of what either serves or does not, with the sentence that says why not. */
  static State serving(boolean troubled) {
    return troubled ? new State("Not serving", "bad") : new State("Serving", "good");
  }
}
