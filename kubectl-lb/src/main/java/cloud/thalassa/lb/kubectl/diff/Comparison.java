package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import cloud.thalassa.lb.kubectl.diff.Differences.Action;
import cloud.thalassa.lb.kubectl.diff.Differences.Balancer;
import cloud.thalassa.lb.kubectl.diff.Differences.Refused;
import cloud.thalassa.lb.operator.compile.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One meaning beside another one. */
public final class Comparison {
  private static final ForwardingConfigSpec NOTHING =
      new ForwardingConfigSpec(
          ForwardingConfigSpec.FORMAT_VERSION, "", List.of(), List.of(), List.of(), null);

  private final Meaning before;
  private final Meaning after;

  private Comparison(Meaning before, Meaning after) {
    this.before = before;
    this.after = after;
  }

  /**
   * What would change.
   *
   * @param notes what could not be judged
   */
  public static Differences of(World world, Written written, List<String> notes) {
    var comparison =
        new Comparison(
            Meaning.of(world.objects(), world.reports()),
            Meaning.of(written.over(world.objects()), world.reports()));
    return new Differences(comparison.balancers(), comparison.refused(written), notes);
  }

  private List<Balancer> balancers() {
    var changes = new ArrayList<Balancer>();
    after
        .loadBalancers()
        .forEach(
            (ref, balancer) -> {
              var change = change(ref, balancer.getSpec());
              if (change != null) {
                changes.add(change);
              }
            });
    return changes;
  }

  private @Nullable Balancer change(Ref ref, @Nullable LoadBalancerSpec spec) {
    var old = before.loadBalancers().get(ref);
    var fields =
        old == null || old.getSpec() == null || spec == null
            ? List.<String>of()
            : Fields.between(old.getSpec(), spec, Set.of());
    var was = before.compiled().get(ref);
    var is = Objects.requireNonNull(after.compiled().get(ref));
    var name = ref.toString();
    var specBefore = was == null ? NOTHING : was.config().getSpec();
    var tableBefore = was == null ? RoutingTable.EMPTY : before.table();
    var listeners =
        Doors.between(name, specBefore, tableBefore, is.config().getSpec(), after.table());
    var groups =
        Groups.between(
            specBefore, was == null ? List.of() : was.slices(), is.config().getSpec(), is.slices());
    if (old != null && fields.isEmpty() && listeners.isEmpty() && groups.isEmpty()) {
      return null;
    }
    return new Balancer(
        name, old == null ? Action.CREATED : Action.CHANGED, fields, listeners, groups);
  }

  private List<Refused> refused(Written written) {
    var refused = new ArrayList<Refused>();
    written.findings().stream().map(Comparison::refused).forEach(refused::add);
    after
        .problems()
        .forEach(
            (identity, sentences) -> {
              var known = before.problems().getOrDefault(identity, Set.of());
              boolean ours = written.manifests().containsKey(identity);
              sentences.stream()
                  .filter(it -> ours || !known.contains(it))
                  .map(it -> new Refused(identity.toString(), written.place(identity), it))
                  .forEach(refused::add);
            });
    return refused;
  }

  private static Refused refused(Finding finding) {
    return new Refused(
        finding.object().isEmpty() ? "a document" : finding.object(),
        finding.file() + ":" + finding.position().line(),
        (finding.path().isEmpty() ? "" : finding.path() + ": ") + finding.sentence());
  }
}
