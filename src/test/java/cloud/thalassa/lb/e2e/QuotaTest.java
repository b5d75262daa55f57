package cloud.thalassa.lb.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas are the cluster's own, and whoever meets one is told. docs/tenants.md shows them. */
class QuotaTest {
  /** In place of the example's, which is another test's and may still be going. */
  private static final String SHOP = "quota-shop";

  private Tenant tenant;

  @BeforeEach
  void begin() {
    Platform.get();
    tenant = new Tenant("quota");
  }

  @AfterEach
  void end() {
    tenant.close();
  }

  @Test
  void theLoadBalancerTooManyIsRefusedInWords() {
    quota("{count/loadbalancers.lb.thalassa.cloud: 1}");
    tenant.apply(loadBalancer("first"));
    assertThatThrownBy(() -> tenant.apply(loadBalancer("second")))
        .hasMessageContaining(
            "loadbalancers.lb.thalassa.cloud \"second\" is forbidden: exceeded quota: tenant,"
                + " requested: count/loadbalancers.lb.thalassa.cloud=1,"
                + " used: count/loadbalancers.lb.thalassa.cloud=1,"
                + " limited: count/loadbalancers.lb.thalassa.cloud=1");
    tenant.apply(loadBalancer("first")); // a change is no further one
    tenant.delete(LoadBalancer.class, "first");
    await("the place is free again")
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              tenant.apply(loadBalancer("second"));
              return true;
            });
  }

  @Test
  void replicasThatTheQuotaDoesNotAllowAreTheReasonInTheStatus() {
    quota("{pods: 0}");
    tenant.apply(loadBalancer("web"));
    var message = tenant.awaitCondition(LoadBalancer.class, "web", "Ready", "False", "NoReplicas");
    await()
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tenant.condition(LoadBalancer.class, "web", "Ready").getMessage())
                    .as("after: %s", message)
                    .contains("No replica of LoadBalancer", "exceeded quota: tenant", "pods=0"));
  }

  @Test
  void anAddressThatTheQuotaDoesNotAllowIsTheReasonInTheStatus() {
    quota("{services: 0}");
    tenant.apply(loadBalancer("web"));
    var message =
        tenant.awaitCondition(
            LoadBalancer.class, "web", "Accepted", "False", "AddressNotAvailable");
    assertThat(message).contains("services \"lb-web\" is forbidden: exceeded quota: tenant");
  }

  @Test
  void theExampleOfATenantIsAllThatItNeeds() throws IOException {
    var example = Files.readString(KubeTools.REPOSITORY.resolve("examples/tenant/tenant.yaml"));
    tenant
        .client
        .load(new ByteArrayInputStream(example.replace("shop", SHOP).getBytes(UTF_8)))
        .serverSideApply();
    assertThat(asTeam("auth", "can-i", "create", "listeners.lb.thalassa.cloud")).contains("yes");
    await("the quota is counted")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(asTeam("describe", "resourcequota", "load-balancing"))
                    .containsPattern("count/loadbalancers.lb.thalassa.cloud +0 +5"));
    assertThatThrownBy(() -> asTeam("delete", "resourcequota", "load-balancing"))
        .hasMessageContaining("cannot delete resource \"resourcequotas\"");
    assertThatThrownBy(() -> asTeam("label", "namespace", SHOP, "tenant=false", "--overwrite"))
        .hasMessageContaining("cannot patch resource \"namespaces\"");
    tenant.client.namespaces().withName(SHOP).delete();
  }

  /** Somebody of the example's team. */
  private String asTeam(String... arguments) {
    var command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--as=ann", "--as-group=" + SHOP + "-team", "--namespace=" + SHOP));
    return tenant.cluster.kubectl(command.toArray(String[]::new));
  }

  /** And waits until the cluster counts what it limits. */
  private void quota(String hard) {
    tenant.apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: tenant}
        spec: {hard: %s}
        """
            .formatted(hard));
    await("the quota is counted")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> tenant.get(ResourceQuota.class, "tenant").getStatus(),
            status -> status != null && status.getUsed() != null && !status.getUsed().isEmpty());
  }

  private static String loadBalancer(String name) {
    return """
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: LoadBalancer
    metadata: {name: %s}
    spec: {scheme: Internal, replicas: 1}
    """
        .formatted(name);
  }
}
