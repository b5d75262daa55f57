package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.kube.TestPods;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands of docs/onboarding.md, one after the other, and a byte between them. */
class OnboardingTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String WEB = Tenant.newAddress();
  private static Cluster cluster;

  @BeforeAll
  static void install() {
    Platform.get();
    GatewayApi.install();
    cluster = Cluster.get();
  }

  @AfterAll
  static void end() {
    cluster.kubectl("delete", "namespace", "shop", "stock", "--wait=false", "--ignore-not-found");
  }

  @Test
  void everyCommandDoesWhatItSays() throws Exception {
    var blocks = blocks();
    assertThat(blocks).hasSize(4);
    assertThat(blocks.get(0).run().getLast()).isEqualTo("yes");
    try (var backend = Backend.tcp("web-1", WEB, 8080)) {
      webPod();
      assertThat(String.join("\n", blocks.get(1).run()))
          .contains("loadbalancer.lb.thalassa.cloud/web condition met")
          .contains("count/loadbalancers.lb.thalassa.cloud: 1/5");
      assertThat(Client.ask(replica(), 80)).isEqualTo("web-1");
      assertThat(backend.served()).isPositive();

      blocks.get(2).run();
      assertThat(cluster.kubectl("get", "listener", "orders", "-n", "shop")).contains("True");
    }
    blocks.get(3).run();
  }

  /** In place of the example's own, whose image nobody here has. */
  private static void webPod() {
    var pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web-1, namespace: shop, labels: {app: web}}
        spec:
          nodeName: node-1
          securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
          containers:
          - name: web
            image: tests/backend
            ports: [{name: http, containerPort: 8080}]
            resources: {requests: {cpu: 10m, memory: 32Mi}}
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        """;
    cluster
        .client()
        .load(new ByteArrayInputStream(pod.getBytes(StandardCharsets.UTF_8)))
        .serverSideApply();
    TestPods.report(cluster.client(), "shop", "web-1", WEB, true);
  }

  private static String replica() {
    var pods = cluster.node().pods("shop", Api.LOAD_BALANCER_LABEL, "web");
    return cluster.node().address("shop", pods.getFirst());
  }

  private static List<Block> blocks() throws IOException {
    var text = Files.readString(KubeTools.REPOSITORY.resolve("docs/onboarding.md"));
    return BLOCK
        .matcher(text)
        .results()
        .map(it -> new Block(it.group(1).lines().toList()))
        .toList();
  }

  private record Block(List<String> commands) {
    /** What they print. */
    List<String> run() throws IOException {
      var log = Files.createTempFile(KubeTools.target(), "onboarding-", ".log");
      var script =
          "set -e; cd '%s'; PATH=%s:$PATH\n%s"
              .formatted(
                  KubeTools.REPOSITORY,
                  cluster.api().kubectl().getParent(),
                  String.join("\n", commands));
      var environment = Map.of("KUBECONFIG", cluster.api().kubeconfig().toString());
      var child = Child.start("onboarding", log, environment, List.of("bash", "-c", script));
      var code = child.exitCode(300);
      assertThat(code).as("%s\n%s", commands, Files.readString(log)).isZero();
      return Files.readAllLines(log);
    }
  }
}
