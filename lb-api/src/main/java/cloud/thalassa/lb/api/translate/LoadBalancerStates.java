package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/**
 * The one word that clients wait for. A load balancer that has served is {@code ready} until it
 * goes: clients take their addresses from it only while it says so, and a roll-out is no reason to
 * take them away.
 */
final class LoadBalancerStates {
  private LoadBalancerStates() {}

  static String word(LoadBalancer balancer) {
    if (balancer.getMetadata().getDeletionTimestamp() != null) {
      return "deleting";
    }
    var status = balancer.getStatus();
    if (status == null) {
      return "creating";
    }
    if (holds(status.conditions(), "Ready")
        || (status.lastChange() != null && !status.addresses().isEmpty())) {
      return "ready";
    }
    var accepted = condition(status.conditions(), "Accepted");
    return accepted.filter(it -> it.getStatus().equals("False")).isPresent()
        ? "failed"
        : "creating";
  }

  /** Why a condition Ready does not hold, in the operator's words. */
  static Optional<String> trouble(List<Condition> conditions) {
    return condition(conditions, "Ready")
        .filter(it -> !it.getStatus().equals("True"))
        .map(Condition::getMessage);
  }

  private static boolean holds(List<Condition> conditions, String type) {
    return condition(conditions, type).filter(it -> it.getStatus().equals("True")).isPresent();
  }

  private static Optional<Condition> condition(List<Condition> conditions, String type) {
    return conditions.stream().filter(it -> it.getType().equals(type)).findFirst();
  }
}
