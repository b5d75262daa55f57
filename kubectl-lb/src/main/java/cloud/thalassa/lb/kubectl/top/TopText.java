package cloud.thalassa.lb.kubectl.top;

import cloud.thalassa.lb.crds.replica.Traffic;
import cloud.thalassa.lb.kubectl.text.Amount;
import cloud.thalassa.lb.kubectl.text.Table;
import cloud.thalassa.lb.kubectl.view.Word;
import java.util.List;

/** What flows, for people. */
public final class TopText {
  private static final int FEW = 20;

  private TopText() {}

  /**
   * One load balancer after the other.
   *
   * @param wide all targets, and what is said of them
   */
  public static String of(List<Traffic> all, boolean wide) {
    var text = new StringBuilder();
    for (var traffic : all) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(head(traffic)).append('\n');
      listeners(text, traffic);
      groups(text, traffic);
      targets(text, traffic, wide);
    }
    return text.toString();
  }

  private static String head(Traffic traffic) {
    long open = traffic.listeners().stream().mapToLong(Traffic.Door::connections).sum();
    var silent =
        traffic.silent() == 0 ? "" : ", %d more did not answer".formatted(traffic.silent());
    return "Load balancer %s: %d connections on %d replicas%s"
        .formatted(traffic.loadBalancer(), open, traffic.replicas(), silent);
  }

  private static void listeners(StringBuilder text, Traffic traffic) {
    var table =
        new Table(
            "LISTENER",
            "CONNECTIONS",
            "OPENED/s",
            "ENDED/s",
            "TO TARGET/s",
            "TO CLIENT/s",
            "ERRORS/s",
            "MOSTLY");
    for (var it : traffic.listeners()) {
      table.row(
          it.name(),
          it.connections(),
          Amount.number(it.opened()),
          Amount.number(it.ended()),
          Amount.bytes(it.bytesToTarget()),
          Amount.bytes(it.bytesToClient()),
          Amount.number(it.errors()),
          it.mostly() == null ? "" : it.mostly());
    }
    text.append(table.text("  "));
  }

  private static void groups(StringBuilder text, Traffic traffic) {
    if (traffic.targetGroups().isEmpty()) {
      return;
    }
    var table = new Table("TARGET GROUP", "CHOSEN/s", "FAILED/s", "CONNECT TIME");
    for (var it : traffic.targetGroups()) {
      table.row(
          it.name(),
          Amount.number(it.chosen()),
          Amount.number(it.failed()),
          it.connectMillis() == null ? "" : Amount.number(it.connectMillis()) + " ms");
    }
    text.append('\n').append(table.text("  "));
  }

  private static void targets(StringBuilder text, Traffic traffic, boolean wide) {
    if (traffic.targets().isEmpty()) {
      return;
    }
    var table =
        wide
            ? new Table("TARGET", "TARGET GROUP", "CONNECTIONS", "HEALTH", "WHY")
            : new Table("TARGET", "TARGET GROUP", "CONNECTIONS", "HEALTH");
    int most = wide ? Integer.MAX_VALUE : FEW;
    for (var it : traffic.targets().stream().limit(most).toList()) {
      var health = it.health() == null ? "" : Word.of(it.health());
      if (wide) {
        table.row(it.address(), it.targetGroup(), it.connections(), health, it.why());
      } else {
        table.row(it.address(), it.targetGroup(), it.connections(), health);
      }
    }
    text.append('\n').append(table.text("  "));
    int rest = traffic.targets().size() - most;
    if (rest > 0) {
      text.append("  and %d more (-o wide)\n".formatted(rest));
    }
  }
}
