package cloud.thalassa.lb.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.traffic.Load;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How long it takes until a new Service of type LoadBalancer serves, its replicas' start and all.
 */
class ServiceToFirstByteTest {
  private static final int TRIES = 10;
  private static final Cluster CLUSTER = Cluster.get();
  private static final String SUBNET =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Subnet
      metadata: {name: e2e-first-byte}
      spec: {default: true, addressPools: [10.87.60.32/27]}
      """;

  private static Tenant tenant;
  private static Pod client;

  @BeforeAll
  static void deployTargets() {
    CLUSTER.assumeOurs();
    Installation.get();
    CLUSTER.loadImage(Load.image());
    CLUSTER.client().resource(SUBNET).serverSideApply();
    tenant = CLUSTER.tenant("first-byte-of-service");
    tenant.applyExample();
    client = CLUSTER.awaitPods(tenant.namespace(), Map.of("app", "web"), 2).getFirst();
  }

  @AfterAll
  static void end() {
    if (tenant != null) {
      tenant.close();
      await("nobody is on the Subnet any more")
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptions()
          .until(() -> CLUSTER.kubectl("delete", "subnet", "e2e-first-byte"), _ -> true);
    }
  }

  @Test
  void serves() {
    var seconds = new ArrayList<Double>();
    for (var i = 0; i < TRIES; i++) {
      var name = "new-" + i;
      var begin = System.nanoTime();
      tenant.apply(service(name));
      var address =
          await(name + " has an address")
              .atMost(Duration.ofMinutes(1))
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(10))
              .until(() -> ingress(name), Optional::isPresent)
              .orElseThrow()
              .getIp();
      var addressed = System.nanoTime();
      assertThat(ask(address)).startsWith("HTTP/1.");
      var end = System.nanoTime();
      seconds.add((end - begin) / 1e9);
      System.out.printf(
          "e2e | %s | address after %.2f s, first byte after %.2f s%n",
          name, (addressed - begin) / 1e9, (end - begin) / 1e9);
      tenant.delete(Service.class, name);
    }
    System.out.printf(
        "e2e | Service to first byte, %d tries | median %.2f s, longest %.2f s%n",
        TRIES,
        seconds.stream().sorted().toList().get(TRIES / 2),
        seconds.stream().max(Double::compare).orElseThrow());
  }

  /** From a pod; nobody answers an address that kube-proxy of its node does not know yet. */
  private static String ask(String address) {
    var once = "exec 3<>/dev/tcp/%s/80; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; head -n 1 <&3";
    var script = "until timeout 0.3 bash -c \"$0\" 2>/dev/null | grep .; do sleep 0.01; done";
    return CLUSTER
        .process(client)
        .place()
        .run("timeout", "60", "bash", "-c", script, once.formatted(address));
  }

  private static Optional<LoadBalancerIngress> ingress(String service) {
    var status = tenant.get(Service.class, service).getStatus().getLoadBalancer();
    return status == null ? Optional.empty() : status.getIngress().stream().findFirst();
  }

  private static String service(String name) {
    return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s}
        spec:
          type: LoadBalancer
          loadBalancerClass: lb.thalassa.cloud/loadbalancer
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        """
        .formatted(name);
  }
}
