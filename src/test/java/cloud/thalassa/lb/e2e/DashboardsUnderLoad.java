package cloud.thalassa.lb.e2e;

import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.traffic.Client;
import cloud.thalassa.lb.e2e.traffic.Load;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Some minutes in the life of a load balancer, for the pictures of the dashboards: {@code make
 * pictures}. Not a test: it asserts nothing, and runs only when it is asked for by name.
 */
class DashboardsUnderLoad {
  private static final int SECONDS = Integer.getInteger("pictures.seconds", 300);
  private static final String OBJECTS =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: LoadBalancer
      metadata: {name: shop}
      spec: {scheme: Internal, replicas: 2}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: web}
      spec:
        protocol: TCP
        port: 8080
        selector: {matchLabels: {app: web}}
        healthCheck: {intervalSeconds: 2, timeoutSeconds: 1}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: dns}
      spec: {protocol: UDP, port: 5353, selector: {matchLabels: {app: dns}}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: https}
      spec: {loadBalancerRef: {name: shop}, protocol: TCP, port: 443, targetGroupRef: {name: web}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: dns}
      spec: {loadBalancerRef: {name: shop}, protocol: UDP, port: 53, targetGroupRef: {name: dns}}
      ---
      """;
  private static final String ADMIN =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: admin}
      spec:
        loadBalancerRef: {name: shop}
        protocol: TCP
        port: 8443
        targetGroupRef: {name: web}
        allowedSources: [%s]
      """;

  private final Platform platform = Platform.get();
  private final Tenant tenant = new Tenant("shop");

  @Test
  void drawn() throws Exception {
    platform.scale("healthchecker", 2);
    try (var _ = tenant.pod("web-1", "{app: web}", 8080);
        var second = tenant.pod("web-2", "{app: web}", 8080);
        var _ = tenant.pod("web-3", "{app: web}", 8080);
        var _ = tenant.udpPod("dns-1", "{app: dns}", 5353)) {
      tenant.apply(OBJECTS);
      tenant.apply(ADMIN.formatted("0.0.0.0/0"));
      tenant.awaitReady("https", "dns", "admin");
      var replicas = addresses(tenant.namespace, Api.LOAD_BALANCER_LABEL, "shop");
      var addresses = List.copyOf(replicas.values());
      try (var _ =
              Prometheus.start(
                  Map.of(
                      "dataplane", replicas,
                      "operator", addresses(Platform.NAMESPACE, Platform.COMPONENT, "operator"),
                      "healthchecker",
                          addresses(Platform.NAMESPACE, Platform.COMPONENT, "healthchecker")));
          var _ = Load.start(addresses.get(0), 443);
          var _ = Load.start(addresses.get(1), 443);
          var _ = Load.start(addresses.get(1), 8443);
          var _ = new Questions(addresses.get(0))) {
        pass(0.3);
        second.die();
        pass(0.2);
        second.revive();
        pass(0.2);
        tenant.apply(ADMIN.formatted("198.51.100.0/24"));
        pass(0.15);
        tenant.delete(Listener.class, "admin");
        pass(0.15);
        draw();
      }
    } finally {
      tenant.close();
    }
  }

  private static void pass(double share) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep((long) (share * SECONDS * 1000));
  }

  private static Map<String, String> addresses(String namespace, String label, String value) {
    var node = Cluster.get().node();
    return new HashMap<>(
        node.pods(namespace, label, value).stream()
            .collect(toMap(pod -> pod, pod -> node.address(namespace, pod))));
  }

  private static void draw() throws IOException, InterruptedException {
    var script = KubeTools.REPOSITORY.resolve("src/monitoring/pictures").toString();
    var command = List.of("python3", script, Prometheus.ADDRESS, Integer.toString(SECONDS));
    var code = new ProcessBuilder(command).inheritIO().start().waitFor();
    System.out.println("| pictures | exit " + code + " |");
  }

  /** Datagrams all the time, each of a flow of its own. */
  private static final class Questions implements AutoCloseable {
    private static final long PAUSE_NANOS = 20_000_000;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    Questions(String address) {
      thread = Thread.ofVirtual().start(() -> ask(address));
    }

    private void ask(String address) {
      while (!stopped.get()) {
        try {
          Client.askUdp(address, 53);
        } catch (IOException e) {
          System.out.println("| no answer | " + e + " |");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    @Override
    public void close() throws InterruptedException {
      stopped.set(true);
      thread.join();
    }
  }
}
