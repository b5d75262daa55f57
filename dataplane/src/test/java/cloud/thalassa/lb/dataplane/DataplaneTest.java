package cloud.thalassa.lb.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.dataplane.drain.Farewell;
import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.follow.DirectorySource;
import cloud.thalassa.lb.dataplane.report.DirectoryReports;
import cloud.thalassa.lb.dataplane.report.Identity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole replica over a directory, with real files and sockets. */
class DataplaneTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private ServerSocket target;
  private DocumentFiles files;
  private Dataplane dataplane;

  @BeforeEach
  void start() throws IOException {
    target = new ServerSocket(0, 50, LOOPBACK);
    Thread.ofVirtual().start(this::echo);
    files = new DocumentFiles(directory.resolve("compiled"));
    dataplane =
        new Dataplane(
            null,
            new DirectorySource(files),
            new DirectoryReports(files),
            Identity.OF_A_DIRECTORY,
            EngineChoice.AUTO,
            FlowLog.OFF,
            vertx,
            registry);
    dataplane.start();
  }

  @AfterEach
  void stop() throws Exception {
    dataplane.end(Farewell.NONE, Duration.ZERO);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    target.close();
  }

  @Test
  void relaysWhatDocumentsSayAndFollowsThem() throws IOException {
    int port = freePort();
    slice();
    config("r1", port, "");
    awaitReport("r1", Phase.SERVING, null);
    assertThat(dataplane.readiness()).isEqualTo(new Readiness(true, java.util.Map.of()));

    try (var client = connect(port)) {
      int other = freePort();
      config("r2", other, "");
      awaitReport("r2", Phase.SERVING, null);
      assertThat(echoed(client)).as("a connection outlives its listener").isTrue();
      try (var newcomer = connect(other)) {
        assertThat(echoed(newcomer)).isTrue();
      }
    }
  }

  @Test
  void explainsByTheTableThatItServesWith() throws IOException {
    int port = freePort();
    var question = Question.parse("127.0.0.1:4711", "127.0.0.1:" + port, "tcp");
    slice();
    config("r1", port, "");
    awaitReport("r1", Phase.SERVING, null);

    var explanation = dataplane.explain(question);
    assertThat(explanation.admitted()).isTrue();
    assertThat(explanation.listener()).isEqualTo("shop/http");
    assertThat(explanation.target()).isEqualTo("127.0.0.1:" + target.getLocalPort());

    config("r2", freePort(), "");
    awaitReport("r2", Phase.SERVING, null);
    assertThat(dataplane.explain(question).admitted()).isFalse();
  }

  @Test
  void keepsServingBehindAConfigurationThatCannotBeUsed() throws IOException {
    int port = freePort();
    slice();
    config("r1", port, "");
    awaitReport("r1", Phase.SERVING, null);

    write("ForwardingConfig/web", "spec: {garbage");

    await().until(() -> report() != null && report().problem() != null);
    assertThat(report().revision()).isEqualTo("r1");
    assertThat(dataplane.readiness().up()).isTrue();
    assertThat(dataplane.readiness().details()).containsKey("shop/web");
    assertThat(registry.get("thalassa.lb.config.problems").gauge().value()).isEqualTo(1);
    try (var client = connect(port)) {
      assertThat(echoed(client)).isTrue();
    }
  }

  @Test
  void saysWhichListenerIsNotServedAndServesItsSiblings() throws IOException {
    int port = freePort();
    try (var taken = new ServerSocket(0, 50, LOOPBACK)) {
      slice();
      config(
          "r1",
          port,
          listener("shop/taken", taken.getLocalPort(), "[]")
              + listener("shop/closed", freePort(), "[nobody]"));

      await().until(() -> report() != null && report().listeners().size() == 3);
      await().until(() -> report().listeners().get(1).problem() == null);
      assertThat(report().listeners())
          .extracting(l -> l.name())
          .containsExactly("shop/closed", "shop/http", "shop/taken");
      assertThat(report().listeners().get(0).problem()).contains("\"nobody\" is not a CIDR");
      assertThat(report().listeners().get(2).problem()).contains("cannot be bound");
      assertThat(dataplane.readiness().up()).isFalse();
      assertThat(dataplane.readiness().details())
          .containsOnlyKeys("shop/web shop/closed", "shop/web shop/taken");
      try (var client = connect(port)) {
        assertThat(echoed(client)).isTrue();
      }
    }
  }

  @Test
  void announcesItsEndAndWaitsForThoseWhoLive() throws Exception {
    int port = freePort();
    slice();
    config("r1", port, "");
    awaitReport("r1", Phase.SERVING, null);
    try (var client = connect(port)) {
      assertThat(echoed(client)).isTrue();

      var end =
          CompletableFuture.runAsync(() -> dataplane.end(Farewell.NONE, Duration.ofMinutes(1)));

      awaitReport("r1", Phase.CLOSED, null);
      await().until(() -> refused(port));
      assertThat(dataplane.readiness().up()).isFalse();
      assertThat(echoed(client)).isTrue();
      assertThat(end).isNotDone();
      client.close();
      end.get(20, TimeUnit.SECONDS);
    }
    assertThat(report()).as("taken back").isNull();
  }

  @Test
  void whoIsNotToldYetIsStillServed() throws Exception {
    int port = freePort();
    slice();
    config("r1", port, "");
    awaitReport("r1", Phase.SERVING, null);
    var stranger = new AtomicBoolean(true);
    var late =
        CompletableFuture.runAsync(
            () -> {
              while (stranger.get()) {
                try (var client = connect(port)) {
                  assertThat(echoed(client)).isTrue();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            },
            Thread::startVirtualThread); // the common pool may have one thread only
    var farewell = new Farewell(Duration.ofMillis(500), Duration.ofMinutes(1));
    var end =
        CompletableFuture.runAsync(
            () -> dataplane.end(farewell, Duration.ofMinutes(1)), Thread::startVirtualThread);

    awaitReport("r1", Phase.DRAINING, null);
    config("r2", port, "");
    awaitReport("r2", Phase.DRAINING, null);
    assertThat(dataplane.readiness().up()).isFalse();
    assertThat(late).as("served while he comes").isNotDone();
    assertThat(end).isNotDone();

    stranger.set(false);
    late.get(20, TimeUnit.SECONDS);
    end.get(20, TimeUnit.SECONDS);
    assertThat(refused(port)).isTrue();
  }

  private void awaitReport(String revision, Phase phase, String problem) {
    await()
        .until(
            () -> {
              var report = report();
              return report != null
                  && report.revision().equals(revision)
                  && report.phase() == phase
                  && report.listeners().stream().allMatch(l -> l.problem() == problem);
            });
  }

  private DataplaneReportSpec report() {
    List<DataplaneReport> reports = files.list(DataplaneReport.class, (file, e) -> {});
    return reports.isEmpty() ? null : reports.getFirst().getSpec();
  }

  private void config(String revision, int port, String more) throws IOException {
    write(
        "ForwardingConfig/web",
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: ForwardingConfig
        metadata: {name: web, namespace: shop}
        spec:
          formatVersion: 1
          revision: %s
          addresses: [127.0.0.1]
          pools: [{name: shop/pods, policy: Maglev, whenNoneHealthy: Refuse, drainTimeoutSeconds: 60}]
          listeners:
        %s%s\
        """
            .formatted(revision, listener("shop/http", port, "[]"), more));
  }

  private static String listener(String name, int port, String sources) {
    return """
          - {name: %s, protocol: TCP, port: %d, pool: shop/pods, maxConnections: 0, idleTimeoutSeconds: 60,
             proxyProtocol: None, allowedSources: %s}
        """
        .formatted(name, port, sources);
  }

  private void slice() throws IOException {
    write(
        "EndpointSlice/pods",
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: pods
          namespace: shop
          labels:
            lb.thalassa.cloud/load-balancer: web
            lb.thalassa.cloud/target-group: pods
            lb.thalassa.cloud/target-group-namespace: shop
        addressType: IPv4
        ports: [{name: target, port: %d}]
        endpoints: [{addresses: ["127.0.0.1"], conditions: {ready: true}}]
        """
            .formatted(target.getLocalPort()));
  }

  private void write(String name, String content) throws IOException {
    var file = directory.resolve("compiled/shop").resolve(name + ".yaml");
    Files.createDirectories(file.getParent());
    var part = file.resolveSibling(".part");
    Files.writeString(part, content);
    Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private void echo() {
    while (true) {
      try {
        var client = target.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (client) {
                    client.getInputStream().transferTo(client.getOutputStream());
                  } catch (IOException e) {
                    // the test is over
                  }
                });
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static boolean echoed(Socket client) throws IOException {
    client.getOutputStream().write("thalassa".getBytes());
    return new String(client.getInputStream().readNBytes(8)).equals("thalassa");
  }

  private static boolean refused(int port) {
    try (var client = new Socket(LOOPBACK, port)) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static Socket connect(int port) throws IOException {
    var client = new Socket(LOOPBACK, port);
    client.setSoTimeout(20_000);
    return client;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 50, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }
}
