package cloud.thalassa.lb.e2e;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.kube.Cluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;

/** A namespace of its own, and what its users do and see there. */
final class Tenant implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger ADDRESSES = new AtomicInteger(256);

  final Cluster cluster = Cluster.get();
  final KubernetesClient client = cluster.client();
  final String namespace;

  Tenant(String purpose) {
    namespace = cluster.namespace(purpose);
  }

  /** Ends what it costs; nobody waits for it. */
  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
  }

  /** Its load balancers get everything but the processes. */
  void withoutPods() {
    apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: no-pods}
        spec: {hard: {pods: "0"}}
        """);
  }

  /** An address in the tests' network that nobody else has. */
  static String newAddress() {
    var number = ADDRESSES.incrementAndGet();
    return "10.77.%d.%d".formatted(number / 250, number % 250 + 1);
  }

  void apply(String yaml) {
    for (var object : parse(yaml)) {
      client
          .resource(object)
          .inNamespace(namespace)
          .fieldManager("user")
          .forceConflicts()
          .serverSideApply();
    }
  }

  private List<HasMetadata> parse(String yaml) {
    return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items();
  }

  <T extends HasMetadata> T get(Class<T> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name).get();
  }

  void delete(Class<? extends HasMetadata> kind, String name) {
    client.resources(kind).inNamespace(namespace).withName(name).delete();
  }

  /** A pod that answers with its name on an address of its own. */
  TargetPod pod(String name, String labels, int port) {
    return TargetPod.create(this, name, labels, "TCP", port);
  }

  TargetPod udpPod(String name, String labels, int port) {
    return TargetPod.create(this, name, labels, "UDP", port);
  }

  /** Address of a dataplane pod of the load balancer. */
  String dataplane(String loadBalancer) {
    return cluster.node().address(namespace, dataplanePod(loadBalancer));
  }

  String dataplanePod(String loadBalancer) {
    return cluster.node().pods(namespace, Api.LOAD_BALANCER_LABEL, loadBalancer).getFirst();
  }

  /** The dataplane pods of the load balancer with one of these addresses. */
  List<String> dataplanePods(String loadBalancer, Set<String> addresses) {
    return cluster.node().pods(namespace, Api.LOAD_BALANCER_LABEL, loadBalancer).stream()
        .filter(pod -> addresses.contains(cluster.node().address(namespace, pod)))
        .toList();
  }

  /** Of the newest configuration of the load balancer. */
  String revision(String loadBalancer) {
    return get(ForwardingConfig.class, loadBalancer).getSpec().revision();
  }

  Condition condition(Class<? extends HasMetadata> kind, String name, String type) {
    var conditions =
        switch (get(kind, name)) {
          case Listener it when it.getStatus() != null -> it.getStatus().conditions();
          case LoadBalancer it when it.getStatus() != null -> it.getStatus().conditions();
          case Service it when it.getStatus() != null -> it.getStatus().getConditions();
          case SecurityGroup it when it.getStatus() != null -> it.getStatus().conditions();
          case TargetGroup it when it.getStatus() != null -> it.getStatus().conditions();
          case null, default -> List.<Condition>of();
        };
    return conditions.stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseGet(Condition::new);
  }

  /** Waits for the condition, and returns its message. */
  String awaitCondition(
      Class<? extends HasMetadata> kind, String name, String type, String status, String reason) {
    var what = kind.getSimpleName() + " " + name;
    await(what)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var condition = condition(kind, name, type);
              Assertions.assertThat(condition.getStatus() + " " + condition.getReason())
                  .as("%s of %s: %s", type, what, condition.getMessage())
                  .isEqualTo(status + " " + reason);
            });
    return condition(kind, name, type).getMessage();
  }

  void awaitReady(String... listeners) {
    for (var listener : listeners) {
      await("Listener " + listener + " is Ready")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var ready = condition(Listener.class, listener, "Ready");
                Assertions.assertThat(ready.getStatus())
                    .as("%s: %s", ready.getReason(), ready.getMessage())
                    .isEqualTo("True");
              });
    }
  }
}
