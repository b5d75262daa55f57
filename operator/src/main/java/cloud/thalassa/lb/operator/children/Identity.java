package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.Collection;

/** Who the dataplane is to the API server: an account that may do its work in its own namespace. */
final class Identity {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String ACCOUNT = Api.GROUP + "/service-account-uid";

  private Identity() {}

  static ServiceAccount serviceAccount(LoadBalancer lb) {
    return new ServiceAccountBuilder()
        .withMetadata(Names.metadata(lb))
        .withAutomountServiceAccountToken(false)
        .build();
  }

  /**
   * Replaces the pods when their account is another one: it is of the same name, but the tokens
   * that they hold are worth nothing any more.
   */
  static Deployment bound(Deployment pods, Collection<HasMetadata> written) {
    var account =
        written.stream()
            .filter(ServiceAccount.class::isInstance)
            .map(it -> it.getMetadata().getUid())
            .findFirst();
    if (account.isEmpty()) {
      return pods;
    }
    return new DeploymentBuilder(pods)
        .editSpec()
        .editTemplate()
        .editMetadata()
        .addToAnnotations(ACCOUNT, account.get())
        .endMetadata()
        .endTemplate()
        .endSpec()
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
