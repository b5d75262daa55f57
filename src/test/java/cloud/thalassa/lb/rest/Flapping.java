package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Pool;
import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthCheckProtocol;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.kube.Program;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A health checker over a directory, as a process, and the one target that it checks. */
final class Flapping implements AutoCloseable {
  private static final String ADDRESS = "10.77.250.9";
  private static final int PORT = 30090;
  private static final int MANAGEMENT = 9082;

  /** What it has said, the oldest first. */
  final List<String> states = new ArrayList<>();

  private final DocumentFiles files;
  private final Child process;
  private @Nullable ServerSocket target;

  /** Of the load balancer {@code front} with the target group {@code web} of that namespace. */
  Flapping(String namespace, Map<String, String> environment) throws IOException {
    var directory = KubeTools.empty("flapping");
    files = new DocumentFiles(directory.resolve("compiled"));
    files.write(config(namespace));
    files.write(
        new EndpointSliceBuilder()
            .withMetadata(
                metadata(
                    namespace,
                    "front-1",
                    Map.of(
                        Api.LOAD_BALANCER_LABEL, "front",
                        Api.TARGET_GROUP_LABEL, "web",
                        Api.TARGET_GROUP_NAMESPACE_LABEL, namespace)))
            .withAddressType("IPv4")
            .addNewPort()
            .withName(Api.TARGET_PORT)
            .withPort(PORT)
            .endPort()
            .withEndpoints(List.of(new EndpointBuilder().withAddresses(ADDRESS).build()))
            .build());
    process =
        Child.start(
            "healthchecker",
            directory.resolve("healthchecker.log"),
            environment,
            Program.HEALTHCHECKER.command(
                "-Dthalassa.directory=" + directory,
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + MANAGEMENT));
  }

  private static ForwardingConfig config(String namespace) {
    var config = new ForwardingConfig();
    config.setMetadata(metadata(namespace, "front", Map.of(Api.LOAD_BALANCER_LABEL, "front")));
    config.setSpec(
        new ForwardingConfigSpec(
            ForwardingConfigSpec.FORMAT_VERSION,
            "r1",
            List.of(),
            List.of(),
            List.of(
                new Pool(
                    namespace + "/web",
                    SelectionPolicy.ROUND_ROBIN,
                    WhenNoneHealthy.FAIL_OPEN,
                    300,
                    0,
                    new HealthCheck(
                        HealthCheckProtocol.TCP, null, null, null, List.of(), 1, 1, 1, 1))),
            null));
    return config;
  }

  private static ObjectMeta metadata(String namespace, String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(labels)
        .build();
  }

  /** The target comes or goes so many times, and the checker's report follows each. */
  void flip(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      var socket = target;
      if (socket == null) {
        target = new ServerSocket(PORT, 100, InetAddress.ofLiteral(ADDRESS));
        reported(HealthState.HEALTHY);
      } else {
        socket.close();
        target = null;
        reported(HealthState.UNHEALTHY);
      }
    }
  }

  private void reported(HealthState state) {
    await("the report says " + state)
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                files.list(HealthReport.class, (file, e) -> {}).stream()
                    .flatMap(it -> it.getSpec().targets().stream())
                    .anyMatch(it -> it.state() == state));
    states.add(state == HealthState.HEALTHY ? "Healthy" : "Unhealthy");
  }

  /** Of the Prometheus page. */
  String metrics() {
    return RestAssured.get("http://127.0.0.1:" + MANAGEMENT + "/q/metrics").asString();
  }

  boolean ready() {
    return RestAssured.get("http://127.0.0.1:" + MANAGEMENT + "/q/health").statusCode() == 200;
  }

  String said() {
    return process.output();
  }

  @Override
  public void close() throws IOException {
    process.kill();
    if (target != null) {
      target.close();
    }
  }
}
