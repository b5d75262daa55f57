package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.ListenerReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Ref;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the live replicas of one load balancer say that they serve. */
final class Programming {
  private final Ref loadBalancer;
  private final String revision;
  private final @Nullable String podProblem;
  private final Map<String, Served> listeners = new HashMap<>();
  private long connectionsReset;
  private int live;
  private int current;
  private @Nullable String problem;

  private Programming(Compiled compiled, @Nullable String podProblem) {
    this.loadBalancer = Ref.of(compiled.config());
    this.revision = compiled.config().getSpec().revision();
    this.podProblem = podProblem;
  }

  static Programming of(
      Compiled compiled, Collection<DataplaneReport> reports, @Nullable String podProblem) {
    var programming = new Programming(compiled, podProblem);
    reports.stream()
        .map(DataplaneReport::getSpec)
        .filter(Objects::nonNull)
        .forEach(programming::add);
    return programming;
  }

  private void add(DataplaneReportSpec report) {
    live++;
    boolean serves = report.phase() == Phase.SERVING && report.revision().equals(revision);
    current += serves ? 1 : 0;
    connectionsReset += report.revision().equals(revision) ? report.connectionsReset() : 0;
    problem = least(problem, report.problem());
    for (var listener : report.listeners()) {
      listeners.merge(listener.name(), Served.of(listener, serves), Served::plus);
    }
  }

  /** One replica that serves the current revision makes the load balancer work. */
  Finding loadBalancer() {
    if (live == 0) {
      return noReplicas();
    }
    return current > 0
        ? Finding.yes(
            Reason.PROGRAMMED,
            "%d of %d replicas serve revision %s.".formatted(current, live, revision))
        : pending();
  }

  Finding listener(Ref listener) {
    var served = listeners.get(listener.toString());
    if (served != null && served.replicas > 0) {
      return Finding.yes(
          Reason.PROGRAMMED,
          "%d of %d replicas serve it.".formatted(served.replicas, live)
              + (served.problem == null ? "" : " Elsewhere: " + sentence(served.problem)));
    }
    if (served != null && served.problem != null) {
      return Finding.no(Reason.PORT_UNAVAILABLE, sentence(served.problem));
    }
    return live == 0 ? noReplicas() : pending();
  }

  /** Of the newest configuration. */
  String revision() {
    return revision;
  }

  /** Connections that changes cut since the newest configuration is in service. */
  long connectionsReset() {
    return connectionsReset;
  }

  long activeConnections(Ref listener) {
    var served = listeners.get(listener.toString());
    return served == null ? 0 : served.activeConnections;
  }

  private Finding noReplicas() {
    return Finding.no(
        Reason.NO_REPLICAS,
        podProblem == null
            ? "No replica of LoadBalancer %s is running; its pods, or the dataplane's log, say why."
                .formatted(loadBalancer)
            : sentence(
                "No replica of LoadBalancer %s is running: %s"
                    .formatted(loadBalancer, podProblem)));
  }

  private Finding pending() {
    return Finding.no(
        Reason.PENDING,
        problem == null
            ? "No replica serves revision %s yet: wait until one has taken it.".formatted(revision)
            : sentence(problem));
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** Of several problems always the same one, whatever the order of the reports. */
  private static @Nullable String least(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** One listener on all replicas: how many serve it, and what one of the others says. */
  private record Served(int replicas, long activeConnections, @Nullable String problem) {
    static Served of(ListenerReport report, boolean current) {
      return new Served(
          current && report.problem() == null ? 1 : 0,
          report.activeConnections(),
          report.problem());
    }

    Served plus(Served other) {
      return new Served(
          replicas + other.replicas,
          activeConnections + other.activeConnections,
          least(problem, other.problem));
    }
  }
}
