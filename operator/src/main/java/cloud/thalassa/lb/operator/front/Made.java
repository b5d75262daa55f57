package cloud.thalassa.lb.operator.front;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.status.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was made of a load balancer as it is now, and what it says about itself. */
public final class Made {
  /** What up to users is. */
  public static final Set<ConditionType> OF_THE_SPEC =
      EnumSet.of(ConditionType.ACCEPTED, ConditionType.RESOLVED_REFS);

  private final @Nullable LoadBalancer loadBalancer;

  /** Those that are wanted and exist, in the order in which they are wanted. */
  private final List<Listener> listeners;

  public Made(
      @Nullable LoadBalancer loadBalancer,
      Collection<Listener> wanted,
      Collection<Listener> existing) {
    this.loadBalancer = loadBalancer;
    var byName =
        existing.stream()
            .collect(Collectors.toMap(it -> it.getMetadata().getName(), Function.identity()));
    listeners =
        wanted.stream()
            .flatMap(it -> Stream.ofNullable(byName.get(it.getMetadata().getName())))
            .toList();
  }

  public List<Address> addresses() {
    return loadBalancer == null || loadBalancer.getStatus() == null
        ? List.of()
        : loadBalancer.getStatus().addresses();
  }

  public boolean programmed() {
    return loadBalancer != null && programmed(loadBalancer);
  }

  /** How many listeners clients can connect to. */
  public long served() {
    return listeners.stream().filter(Made::programmed).count();
  }

  private static boolean programmed(HasMetadata part) {
    return condition(part, ConditionType.PROGRAMMED)
        .filter(it -> "True".equals(it.getStatus()))
        .isPresent();
  }

  /** What the load balancer, or else a listener, lacks: in its own words. */
  public Optional<Finding> firstUnmet(Set<ConditionType> types) {
    return Stream.concat(Stream.ofNullable(loadBalancer), listeners.stream())
        .flatMap(part -> unmet(part, types).map(condition -> finding(part, condition)))
        .findFirst();
  }

  /** What the load balancer says about this; empty: nothing yet. */
  public Optional<Condition> ofLoadBalancer(ConditionType type) {
    return loadBalancer == null ? Optional.empty() : condition(loadBalancer, type);
  }

  /** What a listener says about this; empty: nothing yet, or there is none. */
  public Optional<Condition> ofListener(String name, ConditionType type) {
    return listeners.stream()
        .filter(it -> it.getMetadata().getName().equals(name))
        .flatMap(it -> condition(it, type).stream())
        .findFirst();
  }

  /** Why a listener is not accepted. */
  public Optional<String> refusal(String listener) {
    return listeners.stream()
        .filter(it -> it.getMetadata().getName().equals(listener))
        .flatMap(it -> unmet(it, OF_THE_SPEC))
        .map(Condition::getReason)
        .findFirst();
  }

  private static Stream<Condition> unmet(HasMetadata part, Set<ConditionType> types) {
    return types.stream()
        .flatMap(type -> condition(part, type).stream())
        .filter(it -> "False".equals(it.getStatus()));
  }

  private static Finding finding(HasMetadata part, Condition condition) {
    var reason = Reason.of(condition.getReason());
    return Finding.no(
        reason == null ? Reason.PENDING : reason,
        "%s %s: %s"
            .formatted(part.getKind(), part.getMetadata().getName(), condition.getMessage()));
  }

  private static Optional<Condition> condition(HasMetadata part, ConditionType type) {
    var conditions =
        switch (part) {
          case LoadBalancer it when it.getStatus() != null -> it.getStatus().conditions();
          case Listener it when it.getStatus() != null -> it.getStatus().conditions();
          default -> List.<Condition>of();
        };
    return conditions.stream().filter(it -> type.toString().equals(it.getType())).findFirst();
  }
}
