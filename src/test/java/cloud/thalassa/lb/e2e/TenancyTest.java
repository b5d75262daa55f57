package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReviewBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what: tenants write what is theirs, each program writes its own documents. */
class TenancyTest {
  private static final String OURS = "lb.thalassa.cloud";
  private static Tenant tenant;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("tenancy");
    tenant.apply(account("editor", "edit"));
    tenant.apply(account("viewer", "view"));
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
        """);
    tenant.dataplane("web");
    await("the shipped roles are part of edit and view")
        .until(
            () ->
                may("editor", "create", OURS, "loadbalancers")
                    && may("viewer", "get", OURS, "loadbalancers"));
  }

  @AfterAll
  static void end() {
    tenant.close();
  }

  private static String account(String name, String role) {
    return """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %s}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s}
        subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]
        """
        .formatted(name, name, role, name, tenant.namespace);
  }

  @ParameterizedTest
  @CsvSource({
    "editor, create, lb.thalassa.cloud, loadbalancers, true",
    "editor, patch, lb.thalassa.cloud, listeners, true",
    "editor, delete, lb.thalassa.cloud, targetgroups, true",
    "editor, create, lb.thalassa.cloud, securitygroups, true",
    "editor, patch, lb.thalassa.cloud, securitygroups/status, false",
    "editor, get, lb.thalassa.cloud, forwardingconfigs, true",
    "editor, create, lb.thalassa.cloud, forwardingconfigs, false",
    "editor, patch, lb.thalassa.cloud, healthreports, false",
    "editor, patch, lb.thalassa.cloud, dataplanereports, false",
    "editor, patch, lb.thalassa.cloud, loadbalancers/status, false",
    "editor, patch, lb.thalassa.cloud, listeners/status, false",
    "editor, create, discovery.k8s.io, endpointslices, false",
    "editor, get, lb.thalassa.cloud, subnets, true",
    "editor, create, lb.thalassa.cloud, subnets, false",
    "editor, patch, lb.thalassa.cloud, subnets/status, false",
    "editor, create, lb.thalassa.cloud, addressclaims, false",
    "editor, delete, lb.thalassa.cloud, addressclaims, false",
    "viewer, list, lb.thalassa.cloud, subnets, true",
    "viewer, list, lb.thalassa.cloud, listeners, true",
    "viewer, get, lb.thalassa.cloud, healthreports, true",
    "viewer, list, lb.thalassa.cloud, securitygroups, true",
    "viewer, create, lb.thalassa.cloud, listeners, false",
    "viewer, patch, lb.thalassa.cloud, securitygroups, false",
    "viewer, delete, lb.thalassa.cloud, targetgroups, false",
    "lb-web, watch, lb.thalassa.cloud, forwardingconfigs, true",
    "lb-web, watch, lb.thalassa.cloud, healthreports, true",
    "lb-web, watch, discovery.k8s.io, endpointslices, true",
    "lb-web, patch, lb.thalassa.cloud, dataplanereports, true",
    "lb-web, patch, lb.thalassa.cloud, forwardingconfigs, false",
    "lb-web, patch, lb.thalassa.cloud, healthreports, false",
    "lb-web, create, discovery.k8s.io, endpointslices, false",
    "lb-web, create, lb.thalassa.cloud, loadbalancers, false",
    "lb-web, list, lb.thalassa.cloud, securitygroups, false",
    "lb-web, get, '', secrets, false",
    "lb-web, list, '', pods, false",
  })
  void accountsMay(String account, String verb, String group, String resource, boolean allowed) {
    assertThat(may(account, verb, group, resource)).isEqualTo(allowed);
  }

  @Test
  void theDataplaneHasNoRightsInOtherNamespaces() {
    var user = "system:serviceaccount:" + tenant.namespace + ":lb-web";
    assertThat(may("default", user, "get", OURS, "forwardingconfigs")).isFalse();
  }

  private static boolean may(String account, String verb, String group, String resource) {
    var user = "system:serviceaccount:" + tenant.namespace + ":" + account;
    return may(tenant.namespace, user, verb, group, resource);
  }

  private static boolean may(
      String namespace, String user, String verb, String group, String resource) {
    var parts = resource.split("/");
    var review =
        new LocalSubjectAccessReviewBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .withUser(user)
            .withGroups("system:authenticated")
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withVerb(verb)
            .withGroup(group)
            .withResource(parts[0])
            .withSubresource(parts.length > 1 ? parts[1] : null)
            .endResourceAttributes()
            .endSpec()
            .build();
    return tenant
        .client
        .authorization()
        .v1()
        .localSubjectAccessReview()
        .inNamespace(namespace)
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
