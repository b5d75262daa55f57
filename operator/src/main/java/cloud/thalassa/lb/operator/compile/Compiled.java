package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Entry;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Optional;
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
 * @param heldBack why {@code config} is not what was compiled but what was written before; null: it
 *     is what was compiled
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
    @Nullable Problem heldBack,
    SortedMap<Ref, Verdict> listeners,
    SortedMap<Ref, Verdict> targetGroups) {

  public Compiled {
    slices = List.copyOf(slices);
    listeners = new TreeMap<>(listeners);
    targetGroups = new TreeMap<>(targetGroups);
  }

  /** Why a cluster has no room for the document; null: it has. */
  public @Nullable Problem excess() {
    return DocumentSize.excess(config);
  }

  /** The same where the API server did not take the document, in these words. */
  public Compiled refused(@Nullable ForwardingConfig before, String words) {
    return heldBack(before, DocumentSize.refusal(config, words));
  }

  /** The same while the document that was written before stays in service; null: there was none. */
  public Compiled heldBack(@Nullable ForwardingConfig before, Problem why) {
    var last = before == null ? Forwarding.nothing(config) : before;
    var verdicts = new TreeMap<>(listeners);
    verdicts.replaceAll(
        (ref, verdict) ->
            verdict.accepted() && !entry(ref, last).equals(entry(ref, config))
                ? Verdict.of(List.of(waits(why)))
                : verdict);
    return new Compiled(last, slices, reach, loadBalancer, lockout, why, verdicts, targetGroups);
  }

  private Problem waits(Problem why) {
    return new Problem(
        why.condition(),
        why.reason(),
        "LoadBalancer %s is served as it was before; its condition %s says what to change."
            .formatted(Ref.of(config), why.condition()));
  }

  private static Optional<Entry> entry(Ref listener, ForwardingConfig config) {
    var name = listener.toString();
    return config.getSpec().listeners().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** Whether an accepted listener sends its connections to this group. */
  public boolean uses(Ref targetGroup) {
    var name = targetGroup.toString();
    return config.getSpec().pools().stream().anyMatch(pool -> pool.name().equals(name));
  }
}
