package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.ApiServer;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A release from its first day to its last, on an API server of its own. */
@TestMethodOrder(OrderAnnotation.class)
class InstallTest {
  private static final String RELEASE = "thalassa-lb";
  private static final String OURS = "thalassa-system";

  @TempDir static Path directory;
  private static ApiServer api;
  private static Map<String, String> environment;

  @BeforeAll
  static void start() throws IOException {
    api = ApiServer.another(directory.resolve("api"));
    environment =
        Map.of(
            "KUBECONFIG",
            api.kubeconfig().toString(),
            "HELM_CACHE_HOME",
            directory.resolve("helm").toString());
    kubectl("apply", "-f", "k8s/base/namespace.yaml");
  }

  @AfterAll
  static void end() {
    api.end();
  }

  @Test
  @Order(1)
  void itIsInstalledAtOnceWithItsKinds() {
    var notes = helm("install", RELEASE, Manifests.CHART, "--set-json", subnets("203.0.113.0/28"));
    assertThat(notes.succeeded())
        .contains("kubectl -n thalassa-system rollout status", "kubectl apply -f examples/")
        .doesNotContain("label namespace", "the value \"subnets\"");
    assertThat(kubectl("get", "deployments", "-n", OURS)).contains("operator", "healthchecker");
    kubectl("apply", "-f", "examples/kubernetes/");
  }

  @Test
  @Order(2)
  void itsSubnetsAreThereAndChangeWithTheValues() {
    assertThat(pools()).isEqualTo("External [\"203.0.113.0/28\"]");
    upgrade("--set-json", subnets("203.0.113.0/27")).succeeded();
    assertThat(pools()).isEqualTo("External [\"203.0.113.0/27\"]");
  }

  @Test
  @Order(3)
  void aSubnetThatTheKindDoesNotAllowIsRefusedInWords() {
    var outer = subnets("203.0.113.0/27").replace("}}]", ", \"scheme\": \"Outer\"}}]");
    assertThat(upgrade("--set-json", outer).errors())
        .contains("Subnet", "public", "scheme", "External", "Internal");
    assertThat(pools()).isEqualTo("External [\"203.0.113.0/27\"]");
  }

  @Test
  @Order(4)
  void onKindsOfAnotherVersionNothingIsChanged() {
    var older =
        "[{\"op\": \"add\", \"path\": \"/spec/versions/0/schema/openAPIV3Schema/description\","
            + " \"value\": \"as it was\"}]";
    kubectl("patch", "crd", "listeners.lb.thalassa.cloud", "--type=json", "-p", older);
    var run = upgrade("--set", "operator.replicas=3");
    assertThat(run.code()).isNotZero();
    assertThat(run.errors())
        .contains(
            "the cluster has another version of listeners.lb.thalassa.cloud than this chart, and"
                + " Helm changes no kinds. Apply them first: helm show crds CHART | kubectl apply");
    assertThat(replicas()).isEqualTo(2);
  }

  @Test
  @Order(5)
  void kindsThatAreMissingAreSaid() {
    kubectl("delete", "crd", "dataplanereports.lb.thalassa.cloud");
    assertThat(upgrade().errors()).contains("the cluster lacks dataplanereports.lb.thalassa.cloud");
  }

  @Test
  @Order(6)
  void afterTheDocumentedCommandItIsUpgraded() throws IOException {
    var kinds = helm("show", "crds", Manifests.CHART).succeeded();
    var file = Files.writeString(directory.resolve("kinds.yaml"), kinds).toString();
    kubectl("apply", "--server-side", "--force-conflicts", "-f", file);
    upgrade("--set", "operator.replicas=3").succeeded();
    assertThat(replicas()).isEqualTo(3);
  }

  @Test
  @Order(7)
  void whatTenantsHaveOutlivesIt() {
    helm("uninstall", RELEASE).succeeded();
    assertThat(kubectl("get", "deployments", "-n", OURS)).doesNotContain("operator");
    assertThat(kubectl("get", "lb,lbl,tg")).contains("loadbalancer.lb.thalassa.cloud/web");
    assertThat(pools()).as("their addresses are from it").contains("203.0.113.0/27");
  }

  @Test
  @Order(8)
  void whatKubectlInstalledIsTakenOver() {
    kubectl("apply", "--server-side", "--force-conflicts", "-k", "k8s/base");
    var refused = helm("install", RELEASE, Manifests.CHART);
    assertThat(refused.errors()).contains("invalid ownership metadata");
    helm("install", RELEASE, Manifests.CHART, "--take-ownership").succeeded();
    assertThat(replicas()).isEqualTo(2);
  }

  private static Run upgrade(String... options) {
    var arguments = new ArrayList<>(List.of("upgrade", RELEASE, Manifests.CHART));
    arguments.add("--reset-then-reuse-values");
    arguments.addAll(List.of(options));
    return helm(arguments.toArray(String[]::new));
  }

  private static Run helm(String... arguments) {
    var command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--namespace", OURS));
    return Manifests.runHelm(environment, command);
  }

  private static String kubectl(String... arguments) {
    var command = new ArrayList<>(List.of(KubeTools.kubectl().toString()));
    command.addAll(List.of(arguments));
    return Run.of(environment, command).succeeded();
  }

  /** A value of the chart. */
  private static String subnets(String pool) {
    return "subnets=[{\"name\": \"public\", \"spec\": {\"addressPools\": [\"%s\"]}}]"
        .formatted(pool);
  }

  /** With the scheme, which is the kind's own default. */
  private static String pools() {
    return kubectl("get", "subnet", "public", "-o", "jsonpath={.spec.scheme} {.spec.addressPools}");
  }

  private static int replicas() {
    var replicas = "jsonpath={.spec.replicas}";
    return Integer.parseInt(kubectl("get", "deployment", "operator", "-n", OURS, "-o", replicas));
  }
}
