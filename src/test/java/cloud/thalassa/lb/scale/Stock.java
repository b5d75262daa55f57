package cloud.thalassa.lb.scale;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.TestPods;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the cluster holds: one tenant with half of the load balancers, and others with ten each. */
final class Stock {
  static final String NOISY = "noisy";
  private static final int OF_A_TENANT = 10;
  private static final int NODES = 30;
  private static final int WRITERS = 12;

  private final KubernetesClient client;
  private final List<Workload> workloads;

  Stock(Cluster cluster, int loadBalancers) {
    client = cluster.client();
    workloads =
        IntStream.range(0, loadBalancers)
            .mapToObj(n -> new Workload(n < loadBalancers / 2 ? NOISY : "t-" + n / OF_A_TENANT, n))
            .toList();
  }

  static String node(int number) {
    return "node-" + number;
  }

  int loadBalancers() {
    return workloads.size();
  }

  int targetGroups() {
    return workloads.size() * Workload.GROUPS;
  }

  int targets() {
    return targetGroups() * Workload.PODS;
  }

  List<TargetPod> pods() {
    return pods(workloads.stream());
  }

  List<TargetPod> podsOfTheNoisyTenant() {
    return pods(workloads.stream().filter(workload -> workload.namespace().equals(NOISY)));
  }

  /** Of one load balancer of a small tenant. */
  List<TargetPod> podsOfANeighbour() {
    return workloads.getLast().pods();
  }

  void create() {
    forEach(IntStream.range(0, NODES).boxed().toList(), this::createNode);
    var namespaces = workloads.stream().map(Workload::namespace).distinct().toList();
    forEach(namespaces, this::createNamespace);
    forEach(pods(), this::createPod);
    forEach(workloads, this::createObjects);
  }

  /** From now on all targets are asked how they are. */
  void check(String healthCheck) {
    var patch = "{\"spec\":{\"healthCheck\":" + healthCheck + "}}";
    forEach(
        workloads,
        workload ->
            workload
                .groups()
                .forEach(
                    group ->
                        client
                            .genericKubernetesResources("lb.thalassa.cloud/v1alpha1", "TargetGroup")
                            .inNamespace(workload.namespace())
                            .withName(group)
                            .patch(PatchContext.of(PatchType.JSON_MERGE), patch)));
  }

  private void createNode(int number) {
    client
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(node(number))
                .addToLabels("topology.kubernetes.io/zone", "zone-" + number % 3)
                .endMetadata()
                .build())
        .create();
  }

  private void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    await()
        .until(() -> client.serviceAccounts().inNamespace(name).withName("default").get() != null);
  }

  private void createPod(TargetPod pod) {
    client.resource(pod.object(NODES)).create();
    TestPods.report(client, pod.namespace(), pod.name(), pod.address(), true);
  }

  private void createObjects(Workload workload) {
    var yaml = new ByteArrayInputStream(workload.manifests().getBytes(StandardCharsets.UTF_8));
    client
        .load(yaml)
        .items()
        .forEach(object -> client.resource(object).inNamespace(workload.namespace()).create());
  }

  private static List<TargetPod> pods(Stream<Workload> workloads) {
    return workloads.flatMap(workload -> workload.pods().stream()).toList();
  }

  private static <T> void forEach(Collection<T> all, Consumer<T> action) {
    try (var threads = Executors.newFixedThreadPool(WRITERS)) {
      var running =
          all.stream().<Future<?>>map(it -> threads.submit(() -> action.accept(it))).toList();
      for (var one : running) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the stock could not be written", e);
    }
  }
}
