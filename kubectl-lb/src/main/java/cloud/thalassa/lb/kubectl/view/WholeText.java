package cloud.thalassa.lb.kubectl.view;

import cloud.thalassa.lb.crds.LoadBalancerStatus.LastChange;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastFailover;
import cloud.thalassa.lb.kubectl.text.Ago;
import cloud.thalassa.lb.kubectl.text.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One load balancer for people. */
public final class WholeText {
  private static final String INDENT = "  ";

  private final Whole whole;
  private final boolean wide;
  private final Instant now;
  private final StringBuilder text = new StringBuilder();

  private WholeText(Whole whole, boolean wide, Instant now) {
    this.whole = whole;
    this.wide = wide;
    this.now = now;
  }

  public static String of(Whole whole, boolean wide, Instant now) {
    var text = new WholeText(whole, wide, now);
    text.head();
    text.conditions();
    text.listeners();
    whole.targetGroups().forEach(text::group);
    return text.text.toString();
  }

  private void head() {
    var summary = whole.summary();
    line("Name", summary.name());
    line("Namespace", summary.namespace());
    line("State", state(summary.state(), summary.message()));
    line("Addresses", addresses());
    line("Scheme", summary.scheme() + (summary.subnet() == null ? "" : " on " + summary.subnet()));
    line("Replicas", summary.replicas() + " ready");
    if (!whole.securityGroups().isEmpty()) {
      line("Security groups", String.join(", ", whole.securityGroups()));
    }
    if (whole.deletionProtection()) {
      line("Deletion", "refused: deletionProtection is on");
    }
    line("Last change", change(whole.lastChange()));
    line("Last failover", failover(whole.lastFailover()));
  }

  private static String state(String word, @Nullable String message) {
    return message == null ? word : word + ": " + message;
  }

  private String addresses() {
    return whole.addresses().isEmpty()
        ? "none yet"
        : String.join(
            ", ",
            whole.addresses().stream()
                .map(it -> it.ip() + (it.ipMode() == null ? "" : " (" + it.ipMode() + ")"))
                .toList());
  }

  private static String change(@Nullable LastChange change) {
    return change == null
        ? "none yet"
        : "revision %s, on all replicas after %d ms; %d connections reset since"
            .formatted(
                change.revision(), change.appliedInMilliseconds(), change.connectionsReset());
  }

  private String failover(@Nullable LastFailover failover) {
    return failover == null
        ? "none"
        : "%s (%s ago), in %d ms: %s"
            .formatted(
                failover.time(),
                Ago.of(failover.time(), now),
                failover.durationMilliseconds(),
                failover.cause());
  }

  private void conditions() {
    if (whole.conditions().isEmpty()) {
      return;
    }
    var table = new Table("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
    whole
        .conditions()
        .forEach(
            it ->
                table.row(
                    it.getType(),
                    it.getStatus(),
                    it.getReason(),
                    Ago.of(it.getLastTransitionTime(), now),
                    it.getMessage()));
    section("Conditions:", table);
  }

  private void listeners() {
    if (whole.listeners().isEmpty()) {
      text.append("\nListeners: none\n");
      return;
    }
    var table = new Table("LISTENER", "PORT", "CONNECTIONS", "TARGET GROUPS", "STATE");
    for (var it : whole.listeners()) {
      table.row(
          it.name(),
          it.ports() + "/" + it.protocol(),
          it.connections() == null ? "-" : it.connections(),
          Whole.cell(it.targetGroups()),
          state(it.state(), it.message()));
    }
    section("Listeners:", table);
  }

  private void group(Whole.Group group) {
    var head =
        "Target group %s: %s%s, %s healthy"
            .formatted(
                group.name(),
                group.policy() == null ? "not readable" : group.policy(),
                group.checked() ? ", health check" : ", no health check",
                group.health());
    if (group.targets().isEmpty()) {
      text.append('\n').append(head).append('\n');
      return;
    }
    var table =
        wide
            ? new Table("TARGET", "HEALTH", "SINCE", "WEIGHT", "POD", "NODE", "ZONE", "REASON")
            : new Table("TARGET", "HEALTH", "SINCE", "WEIGHT", "POD", "REASON");
    for (var it : group.targets()) {
      var since = Ago.of(it.since(), now);
      if (wide) {
        table.row(
            it.place(),
            it.health(),
            since,
            it.weight(),
            orDash(it.pod()),
            orDash(it.node()),
            orDash(it.zone()),
            it.reason());
      } else {
        table.row(it.place(), it.health(), since, it.weight(), orDash(it.pod()), it.reason());
      }
    }
    section(head, table);
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }

  private void section(String head, Table table) {
    text.append('\n').append(head).append('\n').append(table.text(INDENT));
  }

  private void line(String name, String value) {
    text.append("%-17s%s\n".formatted(name + ":", value));
  }
}
