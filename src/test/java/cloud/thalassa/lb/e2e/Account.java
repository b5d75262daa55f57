package cloud.thalassa.lb.e2e;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;

/** ServiceAccounts of a tenant, through which it acts as its users do. */
final class Account {
  private Account() {}

  /** With a ClusterRole in its own namespace. */
  static String withRole(String name, String role, Tenant tenant) {
    return """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %1$s}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %1$s-%2$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %2$s}
        subjects: [{kind: ServiceAccount, name: %1$s, namespace: %3$s}]
        """
        .formatted(name, role, tenant.namespace);
  }

  /** As careless platforms make them. */
  static String withAllVerbs(String name, Tenant tenant) {
    return """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: everything}
        rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %1$s-everything}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: everything}
        subjects: [{kind: ServiceAccount, name: %1$s, namespace: %2$s}]
        """
        .formatted(name, tenant.namespace);
  }

  static Rest caller(String name, String namespace, Tenant tenant) {
    var request = new TokenRequestBuilder().withNewSpec().endSpec().build();
    var token =
        tenant
            .client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(name)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    return new Rest(tenant.cluster.api(), token);
  }

  static Rest administrator(Tenant tenant) {
    return new Rest(tenant.cluster.api(), tenant.cluster.api().adminToken());
  }
}
