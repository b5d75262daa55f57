package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.traffic.Client;
import cloud.thalassa.lb.e2e.traffic.PortHolder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects that the operator keeps for a load balancer, and the ports its pods bind. */
class ChildrenTest {
  private static final String ALL =
      "deployments,replicasets,pods,services,poddisruptionbudgets,networkpolicies,serviceaccounts,"
          + "rolebindings,endpointslices,forwardingconfigs,healthreports,dataplanereports";

  /** Kubernetes' garbage collector looks for kinds that are new to it only every 30 s. */
  private static final Duration COLLECTION = Duration.ofSeconds(90);

  private static Tenant tenant;
  private static TargetPod pod;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("children");
    pod = tenant.pod("web-1", "{app: web}", 8080);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1}
        """);
    tenant.apply(loadBalancer("web"));
    tenant.apply(listener("http", 80, "web"));
    tenant.awaitReady("http");
  }

  @AfterAll
  static void end() {
    tenant.close();
    pod.close();
  }

  static Stream<Class<? extends HasMetadata>> kinds() {
    return Stream.of(
        Deployment.class,
        Service.class,
        PodDisruptionBudget.class,
        NetworkPolicy.class,
        ServiceAccount.class,
        RoleBinding.class,
        EndpointSlice.class,
        ForwardingConfig.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aDeletedChildComesBack(Class<? extends HasMetadata> kind) {
    var child = children(kind, "web").getFirst();
    tenant.delete(kind, child.getMetadata().getName());
    await(kind.getSimpleName() + " comes back")
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> tenant.get(kind, child.getMetadata().getName()),
            now -> now != null && !now.getMetadata().getUid().equals(child.getMetadata().getUid()));
  }

  @Test
  void aChangedChildIsPutRight() {
    patch("service/lb-web", "replace", "/spec/ports/0/port", "8888");
    patch("forwardingconfig/web", "replace", "/spec/listeners", "[]");
    await("the Service's port")
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> tenant.get(Service.class, "lb-web").getSpec().getPorts(),
            ports -> ports.size() == 1 && ports.getFirst().getPort() == 80);
    await("the listener in the ForwardingConfig")
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> tenant.get(ForwardingConfig.class, "web").getSpec().listeners(),
            listeners -> listeners.size() == 1);
  }

  private static void patch(String object, String operation, String path, String value) {
    var patch = "[{\"op\": \"%s\", \"path\": \"%s\", \"value\": %s}]";
    tenant.cluster.kubectl(
        "patch",
        object,
        "-n",
        tenant.namespace,
        "--type=json",
        "-p",
        patch.formatted(operation, path, value));
  }

  @Test
  void deletionLeavesNothing() {
    tenant.apply(loadBalancer("short-lived"));
    tenant.apply(listener("short-lived", 80, "short-lived"));
    tenant.awaitReady("short-lived");
    assertThat(everythingOf("short-lived")).contains("deployment", "endpointslice", "healthreport");
    tenant.delete(LoadBalancer.class, "short-lived");
    await("nothing of the load balancer is left")
        .atMost(COLLECTION)
        .untilAsserted(() -> assertThat(everythingOf("short-lived")).isEmpty());
    tenant.awaitCondition(
        Listener.class, "short-lived", "Accepted", "False", "LoadBalancerNotFound");
    tenant.delete(Listener.class, "short-lived");
  }

  @Test
  void aPortThatIsTakenIsSaidAndRetriedWhileOthersServe() throws Exception {
    var holder = hold(8081);
    try {
      tenant.apply(listener("taken", 8081, "web"));
      var message =
          tenant.awaitCondition(Listener.class, "taken", "Programmed", "False", "PortUnavailable");
      assertThat(message).contains("8081");
      assertThat(Client.ask(tenant.dataplane("web"), 80)).isEqualTo("web-1");
      assertThat(tenant.condition(Listener.class, "http", "Ready").getStatus()).isEqualTo("True");
    } finally {
      holder.kill();
    }
    tenant.awaitReady("taken");
    assertThat(Client.ask(tenant.dataplane("web"), 8081)).isEqualTo("web-1");
    tenant.delete(Listener.class, "taken");
  }

  @Test
  void anAddressThatTheClusterRefusesIsSaid() {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: elsewhere}
        spec: {scheme: Internal, replicas: 1, addresses: [192.0.2.1]}
        """);
    var message =
        tenant.awaitCondition(
            LoadBalancer.class, "elsewhere", "Accepted", "False", "AddressNotAvailable");
    assertThat(message).contains("192.0.2.1");
    tenant.delete(LoadBalancer.class, "elsewhere");
  }

  private static Child hold(int port) {
    var node = tenant.cluster.node();
    var pid = node.process(tenant.namespace, tenant.dataplanePod("web")).pid();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            "nsenter",
            "--net=/proc/" + pid + "/ns/net",
            java,
            "-cp",
            System.getProperty("java.class.path"),
            PortHolder.class.getName(),
            Integer.toString(port));
    var log = KubeTools.target().resolve("cluster/port-holder.log");
    var holder = Child.start("port holder", log, Map.of(), command);
    await("the port is held").until(() -> holder.output().contains("holding"));
    return holder;
  }

  private static List<? extends HasMetadata> children(
      Class<? extends HasMetadata> kind, String loadBalancer) {
    return tenant
        .client
        .resources(kind)
        .inNamespace(tenant.namespace)
        .withLabel(Api.LOAD_BALANCER_LABEL, loadBalancer)
        .list()
        .getItems();
  }

  private static String everythingOf(String loadBalancer) {
    var label = Api.LOAD_BALANCER_LABEL + "=" + loadBalancer;
    return tenant.cluster.kubectl(
        "get", ALL, "-n", tenant.namespace, "-l", label, "-o", "name", "--ignore-not-found");
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

  private static String listener(String name, int port, String loadBalancer) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec: {loadBalancerRef: {name: %s}, protocol: TCP, port: %d, targetGroupRef: {name: web}}
        """
        .formatted(name, loadBalancer, port);
  }
}
