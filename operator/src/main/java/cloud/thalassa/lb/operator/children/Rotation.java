package cloud.thalassa.lb.operator.children;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which replicas get new connections: those that are entitled to, or else the best there are. Who
 * decides by probes alone could take the last ones out; a doubtful replica is better than none.
 */
public final class Rotation {
  private Rotation() {}

  /**
   * None only if no replica takes connections at all.
   *
   * @param revision of the newest configuration
   */
  public static List<Replica> of(Collection<Replica> replicas, String revision) {
    var served = served(replicas, revision);
    return Stream.<Predicate<Replica>>of(
            // a newcomer enters when it serves what the others serve
            r -> r.serving() && r.pod().ready() && !r.dead() && served.contains(r.revision()),
            // a probe also fails while one port of many cannot be bound
            r -> r.serving() && !r.dead(),
            // if all are dead, more likely we cannot see them: then their kubelets know better
            r -> r.serving() && r.pod().ready(),
            Replica::serving,
            // who was out already may close at any moment
            r -> r.leaving() && r.entered(),
            Replica::leaving)
        .map(choice -> replicas.stream().filter(choice).toList())
        .filter(chosen -> !chosen.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /**
   * The revisions that entitle. Replicas take a new one each in its time, so those that are in have
   * a right to theirs.
   */
  private static Set<@Nullable String> served(Collection<Replica> replicas, String revision) {
    var served = new HashSet<@Nullable String>();
    served.add(revision);
    replicas.stream().filter(Replica::entered).map(Replica::revision).forEach(served::add);
    return served;
  }
}
