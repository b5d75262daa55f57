package cloud.thalassa.lb.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The cluster that the tests run on: that of {@code bin/dev-cluster}, in whose network they are
 * then, or any other that KUBECONFIG names.
 */
public final class Cluster {
  private static final Cluster ONLY = new Cluster();

  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(patient(Config.autoConfigure(null))).build();

  private Cluster() {}

  /** The machine may be busy: with nodes, load and what is measured. */
  private static Config patient(Config config) {
    config.setRequestTimeout(60_000);
    return config;
  }

  public static Cluster get() {
    return ONLY;
  }

  /** Of a cluster administrator. */
  public KubernetesClient client() {
    return client;
  }

  /** Runs kubectl as administrator; what it prints, or an error that says what it said. */
  public String kubectl(String... arguments) {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    return Command.run(command);
  }

  /** A new namespace that enforces Pod Security `restricted`. */
  public Tenant tenant(String purpose) {
    return new Tenant(this, purpose);
  }

  /** Those that carry pods, by name. */
  public List<Node> nodes() {
    return client.nodes().list().getItems().stream()
        .filter(node -> !Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
        .map(node -> node.getMetadata().getName())
        .sorted()
        .map(this::node)
        .toList();
  }

  public Node node(String name) {
    return new Node(client, name);
  }

  /** Skips the test on a cluster whose machines are not ours to break. */
  public void assumeOurs() {
    assumeTrue(DevCluster.here(), "needs bin/dev-cluster: it breaks nodes, or runs outside them");
  }

  /** What comes from outside the nodes to services and pool addresses goes through this node. */
  public void enterThrough(Node node) {
    DevCluster.run("route", node.name().substring(1));
  }

  /**
   * SIGKILL, start, freeze or thaw programs of the control plane.
   *
   * @param action stop, start, freeze or thaw
   * @param programs etcd, kube-apiserver, kube-controller-manager, kube-scheduler, coredns
   */
  public void controlPlane(String action, String... programs) {
    var arguments = new ArrayList<>(List.of("control-plane", action));
    arguments.addAll(List.of(programs));
    DevCluster.run(arguments.toArray(String[]::new));
  }

  /** Remembers everything that the API server knows under that name. */
  public void saveEtcd(String name) {
    DevCluster.run("etcd", "save", name);
  }

  /**
   * Back to what {@link #saveEtcd} remembered, as after a disaster; the API server is restarted.
   */
  public void restoreEtcd(String name) {
    DevCluster.run("etcd", "restore", name);
  }

  /** kube-proxy's minSyncPeriod on all nodes from now on: such as 100ms, or {@code default}. */
  public void kubeProxySync(String period) {
    DevCluster.run("up", "--kube-proxy-sync", period);
  }

  /** Whether all nodes hold their pods to NetworkPolicies from now on. */
  public void networkPolicies(boolean enforced) {
    DevCluster.run("up", "--network-policies", enforced ? "yes" : "no");
  }

  /**
   * Outside the nodes, with a kube-proxy of its own, and with many addresses: what happens to the
   * nodes happens to none of its processes.
   *
   * @param number of one more machine, from 4 to 9; it keeps its first sync period
   * @param sync minSyncPeriod of kube-proxy, such as 100ms, or {@code default}
   */
  public Clients clients(int number, String sync) {
    var prefix = DevCluster.command("client", Integer.toString(number), sync);
    return new Clients(new Place(prefix), "10.244." + number + ".0/24");
  }

  /** A place for clients, and the prefix of their addresses. */
  public record Clients(Place place, String addresses) {}

  /** Into every node. */
  public void loadImage(Path archive) {
    DevCluster.run("load-images", archive.toString());
  }

  /** Of the pod's only container. */
  public PodProcess process(Pod pod) {
    var metadata = pod.getMetadata();
    var pid = DevCluster.run("pod", metadata.getNamespace(), metadata.getName(), "pid");
    return new PodProcess(Long.parseLong(pid.strip()));
  }

  /** By name. */
  public List<Pod> pods(String namespace, Map<String, String> labels) {
    return client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
  }

  /** Waits until that many pods with these labels are Ready, and no other is left. */
  public List<Pod> awaitPods(String namespace, Map<String, String> labels, int count) {
    return await(count + " pods with " + labels + " in " + namespace)
        .atMost(Duration.ofSeconds(180))
        .until(
            () -> pods(namespace, labels),
            pods -> pods.size() == count && pods.stream().allMatch(Cluster::ready));
  }

  private static boolean ready(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus().getConditions().stream()
            .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }
}
