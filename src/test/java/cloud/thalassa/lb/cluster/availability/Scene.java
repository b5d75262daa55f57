package cloud.thalassa.lb.cluster.availability;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.cluster.Cluster;
import cloud.thalassa.lb.cluster.Installation;
import cloud.thalassa.lb.cluster.PodProcess;
import cloud.thalassa.lb.cluster.Tenant;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.traffic.Load;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A load balancer {@code web} with two replicas, TCP on port 80 and UDP on port 53, in front of
 * three pods; nothing else is in its namespace.
 */
final class Scene {
  static final int REPLICAS = 2;
  static final String TARGETS = "target";
  private static final String WEB = "web";
  private static final String DATAPLANE = "lb-web";
  private static final int TCP = 80;
  private static final int UDP = 53;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static Scene only;

  final Cluster cluster = Cluster.get();
  final Installation installation = Installation.get();
  final Tenant tenant = cluster.tenant("availability");

  private Scene() {}

  /** Built by whoever asks first, for all tests of a run. */
  static synchronized Scene get() {
    if (only == null) {
      Cluster.get().assumeOurs();
      var scene = new Scene();
      scene.cluster.loadImage(Load.image());
      scene.tenant.apply(scene.yaml());
      scene.tenant.awaitReady(WEB, "names");
      scene.awaitCalm();
      only = scene;
      Runtime.getRuntime().addShutdownHook(new Thread(scene.tenant::close));
    }
    return only;
  }

  private String yaml() {
    try (var file = Scene.class.getResourceAsStream("/availability/shop.yaml")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Begins when all is as it should be, and goes on until the quiet time is over. The load comes in
   * equal parts from where kube-proxy has each of the sync periods.
   */
  Trial trial(String row, Load.Plan plan) {
    awaitCalm();
    var periods = Parameters.syncPeriods();
    return Trial.begin(
        periods.stream().map(sync -> crowd(row, sync, plan.part(periods.size()))).toList());
  }

  private Trial.Crowd crowd(String row, String sync, Load.Plan plan) {
    var record = Table.directory().resolve("records").resolve(row + "." + sync);
    var clients = cluster.clients(sync.equals("default") ? 8 : 9, sync);
    var place = clients.place().prefix();
    return new Trial.Crowd(
        sync, Load.start(place, clients.addresses(), address(), TCP, UDP, plan, record), record);
  }

  String address() {
    return tenant.address(WEB);
  }

  LoadBalancer loadBalancer() {
    return tenant.get(LoadBalancer.class, WEB);
  }

  /** Who gets new connections, by name. */
  List<Replica> inRotation() {
    return frontSlices().stream()
        .map(EndpointSlice::getEndpoints)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
        .map(Scene::replica)
        .sorted(java.util.Comparator.comparing(Replica::pod))
        .toList();
  }

  List<EndpointSlice> frontSlices() {
    return cluster
        .client()
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(tenant.namespace())
        .withLabel("kubernetes.io/service-name", DATAPLANE)
        .list()
        .getItems();
  }

  private static Replica replica(Endpoint endpoint) {
    return new Replica(
        endpoint.getTargetRef().getName(),
        endpoint.getAddresses().getFirst(),
        endpoint.getNodeName());
  }

  PodProcess process(Replica replica) {
    return cluster.process(
        cluster.client().pods().inNamespace(tenant.namespace()).withName(replica.pod()).get());
  }

  /** Changes fields of an object of this namespace, as its user would. */
  void patch(String kind, String name, String merge) {
    cluster.kubectl(
        "-n", tenant.namespace(), "patch", kind, name, "--type=merge", "--patch", merge);
  }

  /** Deletes an object of this namespace that may be there. */
  void delete(String kind, String name) {
    cluster.kubectl("-n", tenant.namespace(), "delete", kind, name, "--ignore-not-found");
  }

  /** One more listener to the same targets. */
  void addListener(String name, int port) {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: %d, targetGroupRef: {name: web}}
        """
            .formatted(name, port));
  }

  /** Returns when that many are ready; those that leave may still serve whom they have. */
  void scaleTargets(int count) {
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(tenant.namespace())
        .withName(TARGETS)
        .scale(count);
    await(count + " targets").atMost(PATIENCE).until(() -> ready(TARGETS));
  }

  /** Until the load balancer's address answers on this port, as kube-proxy leads there. */
  void awaitServed(int port) {
    awaitServed(address(), port);
  }

  /** Until every replica answers on this port, whatever kube-proxy knows of it. */
  void awaitServedByReplicas(int port) {
    inRotation().forEach(replica -> awaitServed(replica.address(), port));
  }

  private static void awaitServed(String address, int port) {
    await("port " + port + " is served")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> answers(address, port));
  }

  /** Until nobody answers on this port any more. */
  void awaitRefused(int port) {
    var address = address();
    await("port " + port + " is not served")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try {
                return !answers(address, port);
              } catch (IOException refused) {
                return true;
              }
            });
  }

  private static boolean answers(String address, int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 500);
      socket.setSoTimeout(500);
      return socket.getInputStream().read() > 0;
    }
  }

  /** Asks for so many pods of the operator or the health checker, and waits for none. */
  void scaleLater(String component, int count) {
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(Installation.NAMESPACE)
        .withName(component)
        .scale(count);
  }

  /** Deletes the pod, and waits until as many others are in rotation. */
  void replace(Replica replica) {
    cluster.client().pods().inNamespace(tenant.namespace()).withName(replica.pod()).delete();
    await("a successor of " + replica)
        .atMost(PATIENCE)
        .until(
            this::inRotation,
            all -> all.size() == REPLICAS && all.stream().noneMatch(replica::samePod));
  }

  /** Kubelet restarts a container that died before only after a while: such ones are replaced. */
  void refresh() {
    for (var replica : inRotation()) {
      var pod =
          cluster.client().pods().inNamespace(tenant.namespace()).withName(replica.pod()).get();
      if (pod.getStatus().getContainerStatuses().getFirst().getRestartCount() > 0) {
        replace(replica);
      }
    }
  }

  void awaitInRotation(int count) {
    await(count + " replicas in rotation")
        .atMost(PATIENCE)
        .until(() -> inRotation().size() == count && ready(DATAPLANE));
  }

  /** Until none of these is in rotation, and as many others are. */
  void awaitOthers(List<Replica> before) {
    await("successors of " + before)
        .atMost(PATIENCE)
        .until(
            this::inRotation,
            all ->
                all.size() == before.size()
                    && all.stream().noneMatch(it -> before.stream().anyMatch(it::samePod)));
  }

  /** No node is missing, nothing ends or begins. */
  void awaitCalm() {
    installation.awaitReady();
    await("every node is Ready")
        .atMost(PATIENCE)
        .until(() -> cluster.nodes().stream().allMatch(node -> node.ready()));
    await("targets are ready").atMost(PATIENCE).until(() -> ready(TARGETS));
    awaitInRotation(REPLICAS);
    await("no pod ends any more")
        .atMost(PATIENCE)
        .until(
            () ->
                cluster.pods(tenant.namespace(), Map.of()).stream()
                    .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null));
  }

  private boolean ready(String deployment) {
    var found = deployment(deployment);
    var wanted = found.getSpec().getReplicas();
    var status = found.getStatus();
    return found.getMetadata().getGeneration().equals(status.getObservedGeneration())
        && wanted.equals(status.getReplicas())
        && wanted.equals(status.getReadyReplicas())
        && wanted.equals(status.getUpdatedReplicas());
  }

  private Deployment deployment(String name) {
    return cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(tenant.namespace())
        .withName(name)
        .get();
  }

  /** Names of the targets' pods by node. */
  Map<String, List<String>> targetsByNode() {
    return cluster.pods(tenant.namespace(), Map.of("app", TARGETS)).stream()
        .collect(
            Collectors.groupingBy(
                pod -> pod.getSpec().getNodeName(),
                Collectors.mapping(pod -> pod.getMetadata().getName(), Collectors.toList())));
  }
}
