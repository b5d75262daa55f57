package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;

/** Who the dataplane is to the API server: an account that may do its work in its own namespace. */
final class Identity {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private Identity() {}

  static ServiceAccount serviceAccount(LoadBalancer lb) {
    return new ServiceAccountBuilder()
        .withMetadata(Names.metadata(lb))
        .withAutomountServiceAccountToken(false)
        .build();
  }

  /**
   * Binds one ClusterRole that the platform installs, so that the operator writes no roles of its
   * own and needs the right to bind just this one.
   */
  static RoleBinding roleBinding(LoadBalancer lb, DataplaneTemplate template) {
    return new RoleBindingBuilder()
        .withMetadata(Names.metadata(lb))
        .withNewRoleRef(RBAC, "ClusterRole", template.clusterRole())
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(Names.child(lb))
        .withNamespace(lb.getMetadata().getNamespace())
        .endSubject()
        .build();
  }
}
