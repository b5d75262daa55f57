package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerStatus;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Observed;
import cloud.thalassa.lb.operator.compile.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of a load balancer and its listeners. A status that equals the previous one needs no
 * writing: the time in it moves only with a condition.
 */
public final class Statuses {
  private final Observed observed;
  private final Compiled compiled;
  private final Fleet fleet;

  private Statuses(Observed observed, Compiled compiled, Fleet fleet) {
    this.observed = observed;
    this.compiled = compiled;
    this.fleet = fleet;
  }

  /** Reports count only of replicas that are alive. */
  public static Statuses of(
      Observed observed, Compiled compiled, Fleet fleet, Collection<DataplaneReport> reports) {
    return new Statuses(observed, compiled, fleet);
  }

  public LoadBalancerStatus loadBalancer(@Nullable LoadBalancerStatus previous, Instant now) {
    return new LoadBalancerStatus(
        observed.loadBalancer().getMetadata().getGeneration(),
        fleet.addresses(),
        new LoadBalancerStatus.Listeners(compiled.listeners().size(), 0, ""),
        new LoadBalancerStatus.Replicas(fleet.desired(), fleet.ready(), fleet.updated()),
        List.of());
  }

  /** Of one of the observed listeners. */
  public ListenerStatus listener(
      Listener listener, @Nullable ListenerStatus previous, Instant now) {
    return new ListenerStatus(listener.getMetadata().getGeneration(), null, null, List.of());
  }

  /** Of a listener whose load balancer does not exist. */
  public static ListenerStatus orphan(
      Listener listener, Verdict verdict, @Nullable ListenerStatus previous, Instant now) {
    return new ListenerStatus(listener.getMetadata().getGeneration(), null, null, List.of());
  }
}
