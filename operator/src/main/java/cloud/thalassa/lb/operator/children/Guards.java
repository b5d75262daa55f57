package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** What keeps the replicas from being evicted together. */
final class Guards {
  private Guards() {}

  /** One replica at a time; a single replica does not hinder the draining of its node. */
  static PodDisruptionBudget disruptionBudget(LoadBalancer lb) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(Names.metadata(lb))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withNewSelector()
        .withMatchLabels(Names.selector(lb))
        .endSelector()
        .endSpec()
        .build();
  }
}
