package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one load balancer amounts to. Equal input in any order gives an equal value.
 *
 * @param config what the dataplane forwards; a refused listener is absent
 * @param slices the members of the pools, sorted by name
 * @param reach whom its dataplane connects to
 * @param loadBalancer refused: it must not be served, and its config has no listeners
 * @param lockout why its listeners admit nobody new although they are bound: a security group
 *     cannot be used; null: nothing is wrong with any
 * @param listeners a verdict for every listener that was observed
 * @param targetGroups a verdict for every group that was observed; a refused group may still serve
 *     with what is right about it
 */
public record Compiled(
    ForwardingConfig config,
    List<EndpointSlice> slices,
    Reach reach,
    Verdict loadBalancer,
    @Nullable Problem lockout,
    SortedMap<Ref, Verdict> listeners,
    SortedMap<Ref, Verdict> targetGroups) {

  public Compiled {
    slices = List.copyOf(slices);
    listeners = new TreeMap<>(listeners);
    targetGroups = new TreeMap<>(targetGroups);
  }

  /** Whether an accepted listener sends its connections to this group. */
  public boolean uses(Ref targetGroup) {
    var name = targetGroup.toString();
    return config.getSpec().pools().stream().anyMatch(pool -> pool.name().equals(name));
  }
}
