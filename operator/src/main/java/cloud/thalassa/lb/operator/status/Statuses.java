package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.ListenerStatus;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastChange;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastFailover;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Observed;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of a load balancer and its listeners. A status that equals the previous one needs no
 * writing: the time in it moves only with a condition.
 */
public final class Statuses {
  private final Observed observed;
  private final Compiled compiled;
  private final Fleet fleet;
  private final Programming programming;
  private final News news;

  private Statuses(
      Observed observed,
      Compiled compiled,
      Fleet fleet,
      Collection<DataplaneReport> reports,
      News news) {
    this.observed = observed;
    this.compiled = compiled;
    this.fleet = fleet;
    this.programming = Programming.of(compiled, reports, fleet.podProblem());
    this.news = news;
  }

  /** Reports count only of replicas that are alive. */
  public static Statuses of(
      Observed observed, Compiled compiled, Fleet fleet, Collection<DataplaneReport> reports) {
    return of(observed, compiled, fleet, reports, News.NONE);
  }

  /** Reports count only of replicas that are alive. */
  public static Statuses of(
      Observed observed,
      Compiled compiled,
      Fleet fleet,
      Collection<DataplaneReport> reports,
      News news) {
    return new Statuses(observed, compiled, fleet, reports, news);
  }

  public LoadBalancerStatus loadBalancer(@Nullable LoadBalancerStatus previous, Instant now) {
    var generation = observed.loadBalancer().getMetadata().getGeneration();
    var conditions =
        new Conditions(generation, previous == null ? List.of() : previous.conditions(), now)
            .verdict(
                ConditionType.ACCEPTED,
                acceptance(),
                Reason.ACCEPTED,
                "The load balancer is accepted.");
    var lockout = compiled.lockout();
    if (compiled.config().getSpec().securityRules() != null) {
      conditions.verdict(
          ConditionType.RESOLVED_REFS,
          Verdict.of(lockout == null ? List.of() : List.of(lockout)),
          Reason.RESOLVED_REFS,
          "Every security group that the load balancer attaches exists.");
    }
    return new LoadBalancerStatus(
        generation,
        fleet.subnet(),
        fleet.addresses(),
        listeners(),
        new LoadBalancerStatus.Replicas(fleet.desired(), fleet.ready(), fleet.updated()),
        lastChange(previous),
        lastFailover(previous, now),
        conditions
            .add(programmed(), ConditionType.PROGRAMMED)
            .withReady("The load balancer is in service."));
  }

  private @Nullable LastChange lastChange(@Nullable LoadBalancerStatus previous) {
    var last = previous == null ? null : previous.lastChange();
    var revision = programming.revision();
    var reset = programming.connectionsReset();
    if (last != null && last.revision().equals(revision)) {
      return new LastChange(
          revision,
          last.appliedInMilliseconds(),
          Math.max(reset, last.connectionsReset()), // a replica takes its count with it
          last.trace());
    }
    return news.applied() == null
        ? last
        : new LastChange(revision, news.applied().toMillis(), reset, news.trace());
  }

  private @Nullable LastFailover lastFailover(@Nullable LoadBalancerStatus previous, Instant now) {
    var failover = news.failover();
    if (failover == null) {
      return previous == null ? null : previous.lastFailover();
    }
    var at = Objects.requireNonNullElse(failover.at(), now);
    var took = Math.max(0, ChronoUnit.MILLIS.between(failover.since(), at));
    return new LastFailover(failover.cause(), took, at.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** Of one of the observed listeners. */
  public ListenerStatus listener(
      Listener listener, @Nullable ListenerStatus previous, Instant now) {
    var ref = Ref.of(listener);
    var verdict = compiled.listeners().getOrDefault(ref, new Verdict.Accepted());
    boolean accepted = admitted(verdict);
    return status(
        listener,
        screened(verdict),
        programmed(ref, verdict),
        accepted ? address(listener) : null,
        accepted ? about(programming.activeConnections(ref), previous) : null,
        previous,
        now);
  }

  /** What was written before stays, as long as it is not wrong by more than a tenth. */
  private static long about(long connections, @Nullable ListenerStatus previous) {
    var before = previous == null ? null : previous.activeConnections();
    return before != null && Math.abs(connections - before) * 10 <= Math.max(connections, before)
        ? before
        : connections;
  }

  /** Of a listener whose load balancer does not exist. */
  public static ListenerStatus orphan(
      Listener listener, Verdict verdict, @Nullable ListenerStatus previous, Instant now) {
    return status(listener, verdict, refused(), null, null, previous, now);
  }

  private static ListenerStatus status(
      Listener listener,
      Verdict verdict,
      Finding programmed,
      @Nullable String address,
      @Nullable Long activeConnections,
      @Nullable ListenerStatus previous,
      Instant now) {
    var generation = listener.getMetadata().getGeneration();
    return new ListenerStatus(
        generation,
        address,
        activeConnections,
        new Conditions(generation, previous == null ? List.of() : previous.conditions(), now)
            .verdict(ConditionType.ACCEPTED, verdict, Reason.ACCEPTED, "The listener is accepted.")
            .verdict(
                ConditionType.RESOLVED_REFS,
                verdict,
                Reason.RESOLVED_REFS,
                "Everything that the listener refers to exists and may be used.")
            .add(programmed, ConditionType.PROGRAMMED)
            .withReady("The listener is in service."));
  }

  /** A listener stays bound while nobody new may come in, and must not look as if it served. */
  private Verdict screened(Verdict verdict) {
    var lockout = compiled.lockout();
    return lockout == null || !verdict.accepted()
        ? verdict
        : Verdict.of(
            List.of(
                new Verdict.Problem(
                    lockout.condition(),
                    lockout.reason(),
                    ("No new connection is admitted before LoadBalancer %s has its security groups;"
                            + " its condition ResolvedRefs says what to change.")
                        .formatted(Ref.of(observed.loadBalancer())))));
  }

  /** What only the cluster knows, whether an address can be had, is seen after compile. */
  private Verdict acceptance() {
    return compiled.loadBalancer().accepted() && fleet.addressProblem() != null
        ? Verdict.of(List.of(fleet.addressProblem()))
        : compiled.loadBalancer();
  }

  private Finding programmed() {
    if (!compiled.loadBalancer().accepted()) {
      return Finding.no(Reason.PENDING, "Nothing is served before the condition Accepted holds.");
    }
    if (compiled.heldBack() != null) {
      return Finding.no(compiled.heldBack().reason(), compiled.heldBack().message());
    }
    var finding = programming.loadBalancer();
    return finding.holds() && observed.site() == Site.CLUSTER && fleet.addresses().isEmpty()
        ? Finding.no(
            Reason.ADDRESS_NOT_ASSIGNED,
            "Replicas serve, but no address is assigned yet; the Service lb-%s says what is missing."
                .formatted(observed.loadBalancer().getMetadata().getName()))
        : finding;
  }

  private Finding programmed(Ref listener, Verdict verdict) {
    if (!verdict.accepted()) {
      return verdict.problems().stream()
          .filter(problem -> problem.condition() == ConditionType.PROGRAMMED)
          .findFirst()
          .map(problem -> Finding.no(problem.reason(), problem.message()))
          .orElseGet(Statuses::refused);
    }
    return compiled.loadBalancer().accepted()
        ? programming.listener(listener)
        : Finding.no(
            Reason.PENDING,
            "LoadBalancer %s is not accepted; its condition Accepted says what to change."
                .formatted(Ref.of(observed.loadBalancer())));
  }

  private static Finding refused() {
    return Finding.no(
        Reason.PENDING, "Nothing is served before the conditions Accepted and ResolvedRefs hold.");
  }

  /** Listeners that may not refer to this load balancer are none of its business. */
  private LoadBalancerStatus.Listeners listeners() {
    int total = 0;
    int ready = 0;
    for (var listener : compiled.listeners().entrySet()) {
      var verdict = listener.getValue();
      if (verdict.problems().stream().noneMatch(p -> p.reason() == Reason.NOT_ALLOWED_BY_GRANT)) {
        total++;
        ready += serves(listener.getKey(), verdict) ? 1 : 0;
      }
    }
    return new LoadBalancerStatus.Listeners(total, ready, ready + "/" + total);
  }

  private boolean serves(Ref listener, Verdict verdict) {
    return compiled.lockout() == null && programmed(listener, verdict).holds();
  }

  private static boolean admitted(Verdict verdict) {
    return verdict.problems().stream().noneMatch(p -> p.condition() == ConditionType.ACCEPTED);
  }

  private @Nullable String address(Listener listener) {
    if (fleet.addresses().isEmpty()) {
      return null;
    }
    var ip = fleet.addresses().getFirst().ip();
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + ports(listener.getSpec());
  }

  private static String ports(ListenerSpec spec) {
    return spec.lastPort() == spec.port()
        ? String.valueOf(spec.port())
        : spec.port() + "-" + spec.lastPort();
  }
}
