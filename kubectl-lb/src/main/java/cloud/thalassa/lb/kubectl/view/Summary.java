package cloud.thalassa.lb.kubectl.view;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.TargetGroup;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer in one line.
 *
 * @param state {@code Ready}, or why it is not
 * @param message the same as a sentence
 * @param targets of all of its target groups together; null: none of them can be read
 * @param created RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Summary(
    String namespace,
    String name,
    String state,
    @Nullable String message,
    String scheme,
    @Nullable String subnet,
    List<String> addresses,
    Share listeners,
    Share replicas,
    @Nullable Health targets,
    @Nullable String created) {

  /** So many of all. */
  public record Share(int ready, int total) {
    @Override
    public String toString() {
      return ready + "/" + total;
    }
  }

  /** So many targets of all. */
  public record Health(int healthy, int total) {
    @Override
    public String toString() {
      return healthy + "/" + total;
    }
  }

  /**
   * The line of a load balancer.
   *
   * @param groups those that its listeners refer to
   * @param known the target groups that could be read
   */
  public static Summary of(
      LoadBalancer balancer, Collection<Named> groups, Map<Named, TargetGroup> known) {
    var status = balancer.getStatus();
    var state = State.of(balancer.getMetadata(), status == null ? List.of() : status.conditions());
    var spec = Whole.spec(balancer);
    return new Summary(
        balancer.getMetadata().getNamespace(),
        balancer.getMetadata().getName(),
        state.word(),
        state.message(),
        Word.of(spec.scheme()),
        status == null ? null : status.subnet(),
        status == null ? List.of() : status.addresses().stream().map(Address::ip).toList(),
        listeners(status),
        replicas(status, spec.replicas()),
        targets(groups, known),
        balancer.getMetadata().getCreationTimestamp());
  }

  static Share listeners(@Nullable LoadBalancerStatus status) {
    var listeners = status == null ? null : status.listeners();
    return listeners == null ? new Share(0, 0) : new Share(listeners.ready(), listeners.total());
  }

  static Share replicas(@Nullable LoadBalancerStatus status, int wanted) {
    var replicas = status == null ? null : status.replicas();
    return replicas == null ? new Share(0, wanted) : new Share(replicas.ready(), wanted);
  }

  private static @Nullable Health targets(Collection<Named> groups, Map<Named, TargetGroup> known) {
    int healthy = 0;
    int total = 0;
    boolean readable = groups.isEmpty();
    for (var name : Set.copyOf(groups)) {
      var group = known.get(name);
      if (group == null) {
        continue;
      }
      readable = true;
      var status = group.getStatus();
      if (status != null && status.targets() != null) {
        healthy += status.targets().healthy();
        total += status.targets().total();
      }
    }
    return readable ? new Health(healthy, total) : null;
  }
}
