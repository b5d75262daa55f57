package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which replicas the Service of a load balancer sends new connections to. */
class ReplicasTest {
  @Test
  void theServiceKnowsWhichReplicasServe() throws Exception {
    Platform.get();
    try (var tenant = new Tenant("replicas");
        var target = tenant.pod("web-1", "{app: web}", 8080)) {
      tenant.apply(
          """
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: LoadBalancer
          metadata: {name: web}
          spec: {scheme: Internal}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: Listener
          metadata: {name: web}
          spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: TargetGroup
          metadata: {name: web}
          spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
          """);
      var node = tenant.cluster.node();
      await("two replicas are in the Service")
          .atMost(Tenant.PATIENCE)
          .until(() -> inRotation(tenant).size() == 2);
      var pods = node.pods(tenant.namespace, Api.LOAD_BALANCER_LABEL, "web");
      var first = node.address(tenant.namespace, pods.getFirst());
      var second = node.address(tenant.namespace, pods.getLast());
      assertThat(inRotation(tenant)).containsExactlyInAnyOrder(first, second);
      assertThat(Client.ask(first, 80)).isEqualTo("web-1");
      assertThat(Client.ask(second, 80)).isEqualTo("web-1");
      var service = tenant.client.services().inNamespace(tenant.namespace).withName("lb-web").get();
      assertThat(tenant.get(LoadBalancer.class, "web").getStatus().addresses())
          .extracting(LoadBalancerStatus.Address::ip)
          .containsExactly(service.getSpec().getClusterIP());

      node.kill(tenant.namespace, pods.getFirst());
      await("the dead replica has left")
          .atMost(Tenant.PATIENCE)
          .until(() -> inRotation(tenant).equals(Set.of(second)));
      assertThat(Client.ask(second, 80)).isEqualTo("web-1");
      tenant.awaitReady("web");
      node.restart(tenant.namespace, pods.getFirst());
      await("the replica is back")
          .atMost(Tenant.PATIENCE)
          .until(() -> inRotation(tenant).equals(Set.of(first, second)));
      assertThat(Client.ask(first, 80)).isEqualTo("web-1");
    }
  }

  private static Set<String> inRotation(Tenant tenant) {
    return tenant
        .client
        .resources(EndpointSlice.class)
        .inNamespace(tenant.namespace)
        .withLabel("kubernetes.io/service-name", "lb-web")
        .list()
        .getItems()
        .stream()
        .filter(slice -> slice.getAddressType().equals("IPv4"))
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .collect(Collectors.toSet());
  }
}
