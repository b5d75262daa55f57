package cloud.thalassa.lb.healthchecker;

import static cloud.thalassa.lb.crds.HealthState.HEALTHY;
import static cloud.thalassa.lb.crds.HealthState.INITIAL;
import static cloud.thalassa.lb.crds.HealthState.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.event.Outbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From documents in a directory to reports in the same directory, with real sockets. */
class DirectoryModeTest {
  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private DocumentFiles files;
  private Running running;

  @BeforeEach
  void start() {
    files = new DocumentFiles(directory.resolve("compiled"));
    running = Running.overDirectory(directory, "local", vertx, new Meters(registry), Outbox.OFF);
  }

  @AfterEach
  void stop() {
    running.close();
    vertx.close();
  }

  @Test
  void aTargetIsInitialThenHealthyThenUnhealthy() throws Exception {
    var socket = listen();
    var port = socket.getLocalPort();
    // Nobody answers on the other port: its verdict is still open while the first one's is there.
    files.write(Documents.config("web", Documents.tcp().withUnhealthyThreshold(2)));
    files.write(Documents.slice("web-1", "web", port, "127.0.0.1", "127.0.0.2"));

    awaitStates("web-1", Map.of("127.0.0.1", HEALTHY, "127.0.0.2", INITIAL));
    awaitStates("web-1", Map.of("127.0.0.1", HEALTHY, "127.0.0.2", UNHEALTHY));
    assertThat(report("web-1").getSpec().summary()).isEqualTo("1/2");
    assertThat(reasons("web-1"))
        .containsEntry("127.0.0.1", "connected")
        .containsEntry("127.0.0.2", "connection refused");

    socket.close();
    awaitStates("web-1", Map.of("127.0.0.1", UNHEALTHY, "127.0.0.2", UNHEALTHY));
    assertThat(report("web-1").getMetadata().getLabels())
        .isEqualTo(
            Map.of(
                "lb.thalassa.cloud/load-balancer", "web",
                "lb.thalassa.cloud/target-group", "backends",
                "lb.thalassa.cloud/target-group-namespace", "default"));
  }

  @Test
  void membersThatComeAreInitialAndMembersThatGoAreDropped() throws Exception {
    try (var socket = listen()) {
      var port = socket.getLocalPort();
      files.write(Documents.config("web", Documents.tcp().withUnhealthyThreshold(10)));
      files.write(Documents.slice("web-1", "web", port, "127.0.0.1"));
      awaitStates("web-1", Map.of("127.0.0.1", HEALTHY));
      var since = report("web-1").getSpec().targets().getFirst().since();

      files.write(Documents.slice("web-1", "web", port, "127.0.0.1", "127.0.0.9"));
      awaitStates("web-1", Map.of("127.0.0.1", HEALTHY, "127.0.0.9", INITIAL));
      assertThat(report("web-1").getSpec().targets().getFirst().since())
          .as("an old member is not judged anew")
          .isEqualTo(since);

      files.write(Documents.slice("web-1", "web", port, "127.0.0.9"));
      awaitStates("web-1", Map.of("127.0.0.9", INITIAL));
    }
  }

  @Test
  void aReportGoesWithItsSliceAndWithTheCheckOfItsPool() throws Exception {
    try (var socket = listen()) {
      var port = socket.getLocalPort();
      files.write(Documents.config("web", Documents.tcp()));
      files.write(Documents.slice("web-1", "web", port, "127.0.0.1"));
      files.write(Documents.slice("web-2", "web", port, "127.0.0.1"));
      awaitStates("web-1", Map.of("127.0.0.1", HEALTHY));
      awaitStates("web-2", Map.of("127.0.0.1", HEALTHY));
      assertThat(targets()).as("one address, port and check is one probe").isEqualTo(1);

      files.delete("EndpointSlice", "default", "web-1");
      await().until(() -> reports().size() == 1);
      assertThat(report("web-2")).isNotNull();

      files.write(Documents.config("web", null));
      await().until(() -> reports().isEmpty());
      assertThat(targets()).isZero();
    }
  }

  @Test
  void aRestartGoesOnFromTheReports() throws Exception {
    running.close();
    var closed = listen();
    var port = closed.getLocalPort();
    closed.close();
    files.write(Documents.config("web", Documents.tcp().withUnhealthyThreshold(2)));
    files.write(Documents.slice("web-1", "web", port, "127.0.0.1", "127.0.0.2"));
    files.write(Documents.report("web-1", "web", port, Map.of("127.0.0.1", HEALTHY)));

    running =
        Running.overDirectory(
            directory, "local", vertx, new Meters(new SimpleMeterRegistry()), Outbox.OFF);

    awaitStates("web-1", Map.of("127.0.0.1", HEALTHY, "127.0.0.2", INITIAL));
    assertThat(reasons("web-1")).containsEntry("127.0.0.1", "as before");
    awaitStates("web-1", Map.of("127.0.0.1", UNHEALTHY, "127.0.0.2", UNHEALTHY));
  }

  @Test
  void documentsThatCannotBeReadAndDirectoriesThatVanishChangeNothing() throws Exception {
    try (var socket = listen()) {
      files.write(Documents.config("web", Documents.tcp()));
      files.write(Documents.slice("web-1", "web", socket.getLocalPort(), "127.0.0.1"));
      awaitStates("web-1", Map.of("127.0.0.1", HEALTHY));

      Files.writeString(directory.resolve("compiled/default/EndpointSlice/web-1.yaml"), "a: [");
      Files.writeString(directory.resolve("compiled/default/ForwardingConfig/web.yaml"), "");
      files.write(Documents.slice("web-2", "web", socket.getLocalPort(), "127.0.0.1"));

      awaitStates("web-2", Map.of("127.0.0.1", HEALTHY));
      awaitStates("web-1", Map.of("127.0.0.1", HEALTHY));
      assertThat(targets()).isEqualTo(1);
    }
  }

  @Test
  void aReportThatSomebodyDeletedComesBack() throws Exception {
    try (var socket = listen()) {
      files.write(Documents.config("web", Documents.tcp()));
      files.write(Documents.slice("web-1", "web", socket.getLocalPort(), "127.0.0.1"));
      awaitStates("web-1", Map.of("127.0.0.1", HEALTHY));
      files.delete("HealthReport", "default", "web-1");
      files.write(Documents.slice("web-2", "web", socket.getLocalPort(), "127.0.0.1"));
      awaitStates("web-1", Map.of("127.0.0.1", HEALTHY));
    }
  }

  private void awaitStates(String slice, Map<String, HealthState> expected) {
    await()
        .atMost(java.time.Duration.ofSeconds(20))
        .pollInterval(java.time.Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(
                        targets(slice).stream()
                            .collect(Collectors.toMap(TargetHealth::address, TargetHealth::state)))
                    .isEqualTo(expected));
  }

  private Map<String, String> reasons(String slice) {
    return targets(slice).stream()
        .collect(Collectors.toMap(TargetHealth::address, TargetHealth::reason));
  }

  private List<TargetHealth> targets(String slice) {
    var report = report(slice);
    return report == null ? List.of() : report.getSpec().targets();
  }

  private HealthReport report(String name) {
    return reports().stream()
        .filter(report -> report.getMetadata().getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private List<HealthReport> reports() {
    return files.list(HealthReport.class, (file, e) -> {});
  }

  private double targets() {
    return registry.get("thalassa.lb.healthchecker.targets").gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
  }
}
