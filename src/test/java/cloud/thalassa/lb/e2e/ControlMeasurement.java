package cloud.thalassa.lb.e2e;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Figures of the control plane for {@code docs/benchmarks.md}. Not a test: it asserts nothing, and
 * runs only when it is asked for by name.
 */
class ControlMeasurement {
  private static final int TRIES = 60;
  private static final int HEALTH_PORT = 8081;
  private static Tenant tenant;
  private static TargetPod steady;
  private static Backend steadyHealth;
  private static String address;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("measure");
    steady = tenant.pod("steady", "{app: web}", 8080);
    steadyHealth = Backend.tcp("health", steady.address(), HEALTH_PORT);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
        """);
    tenant.apply(listener("ready", 80, ""));
    tenant.apply(
        listener(
            "healthy",
            81,
            "healthCheck: {port: 8081, intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1,"
                + " unhealthyThreshold: 2}"));
    address = tenant.dataplane("web");
    tenant.awaitReady("ready", "healthy");
  }

  @AfterAll
  static void end() {
    tenant.close();
    steadyHealth.close();
    steady.close();
  }

  @Test
  void applyToFirstByte() throws IOException {
    var figures = new Figures("apply of a Listener and a TargetGroup to the first byte");
    for (var port = 1000; port < 1000 + TRIES; port++) {
      var from = System.nanoTime();
      tenant.apply(listener("new-" + port, port, ""));
      awaitAnswer(port, "steady");
      figures.add(from, System.nanoTime());
      tenant.delete(Listener.class, "new-" + port);
      tenant.delete(TargetGroup.class, "new-" + port);
    }
    System.out.println(figures);
  }

  /** Each with a load balancer of its own, and so with the start of a replica. */
  @Test
  void serviceToFirstByte() throws IOException {
    var figures = new Figures("apply of a Service to the first byte, with the start of a replica");
    var first = new Figures("the same, the first that an operator serves");
    first.addMillis(serve("first"));
    System.out.println(first);
    for (var i = 0; i < TRIES; i++) {
      figures.addMillis(serve("front-" + i));
    }
    System.out.println(figures);
  }

  private static long serve(String name) throws IOException {
    var from = System.nanoTime();
    tenant.apply(service(name));
    // not more often: whoever asks takes the processors of the start
    awaitAnswer(() -> tenant.dataplane("svc-" + name), 80, "steady", Duration.ofMillis(5));
    var millis = Duration.ofNanos(System.nanoTime() - from).toMillis();
    tenant.delete(Service.class, name);
    // its replica too: an end would take the next start's processor
    await(name + " is gone").atMost(Tenant.PATIENCE).until(() -> pods("svc-" + name).isEmpty());
    return millis;
  }

  private static List<Pod> pods(String loadBalancer) {
    var pods = tenant.cluster.client().pods().inNamespace(tenant.namespace);
    return pods.withLabel(Api.LOAD_BALANCER_LABEL, loadBalancer).list().getItems();
  }

  @Test
  void readyPodToInRotationAndBack() throws IOException {
    var in = new Figures("pod ready to its first connection");
    var out = new Figures("pod not ready to its last connection");
    try (var pod = tenant.pod("new", "{app: web}", 8080)) {
      awaitAnswer(80, "new");
      for (var i = 0; i < TRIES; i++) {
        out.addMillis(leave(80, "new", () -> pod.ready(false)));
        var from = System.nanoTime();
        pod.ready(true);
        awaitAnswer(80, "new");
        in.add(from, System.nanoTime());
      }
      pod.gone();
    }
    System.out.println(in);
    System.out.println(out);
  }

  /** The check has a port of its own, so that the failed target still answers while it is used. */
  @Test
  void failedTargetToOutOfRotation() throws IOException {
    var figures = new Figures("target failed to its last connection, less 2 intervals of 1 s");
    try (var pod = tenant.pod("failing", "{app: web}", 8080)) {
      for (var i = 0; i < TRIES / 3; i++) {
        var health = Backend.tcp("health", pod.address(), HEALTH_PORT);
        awaitAnswer(81, "failing");
        figures.addMillis(leave(81, "failing", health::close) - 2_000);
      }
      pod.gone();
    }
    System.out.println(figures);
  }

  /** Milliseconds from the event to the last connection that the target answered. */
  private static double leave(int port, String target, Runnable event) throws IOException {
    var from = System.nanoTime();
    event.run();
    var last = from;
    // out, when as many connections in a row went elsewhere as would have seen it ten times
    for (var others = 0; others < 20; others++) {
      if (Client.ask(address, port).equals(target)) {
        last = System.nanoTime();
        others = 0;
      }
    }
    return (last - from) / 1e6;
  }

  private static void awaitAnswer(int port, String target) {
    awaitAnswer(() -> address, port, target, Duration.ofMillis(1));
  }

  private static void awaitAnswer(Supplier<String> at, int port, String target, Duration interval) {
    await(target + " answers on " + port)
        .atMost(Tenant.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(interval)
        .ignoreExceptions()
        .until(() -> Client.ask(at.get(), port).equals(target));
  }

  private static String service(String name) {
    return """
        apiVersion: v1
        kind: Service
        metadata:
          name: %s
          annotations: {loadbalancer.k8s.thalassa.cloud/replicas: "1"}
        spec:
          type: LoadBalancer
          loadBalancerClass: lb.thalassa.cloud/loadbalancer
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        """
        .formatted(name);
  }

  private static String listener(String name, int port, String healthCheck) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: %s}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          %s
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: %d, targetGroupRef: {name: %s}}
        """
        .formatted(name, healthCheck, name, port, name);
  }
}
