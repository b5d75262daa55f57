package cloud.thalassa.lb.healthchecker.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthCheckProtocol;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final int LIMIT = 8;

  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
  private final Map<Probe, Outcome> last = new ConcurrentHashMap<>();
  private final Rounds rounds =
      new Rounds(
          thread,
          new VertxProber(vertx, 2),
          new SplittableRandom(1),
          LIMIT,
          (probe, result, took) -> last.put(probe, result.outcome()));

  @AfterEach
  void stop() {
    thread.shutdownNow();
    vertx.close();
  }

  @Test
  void noMoreAtOnceThanTheLimitAndOneTenantsSilentTargetsDoNotHoldUpAnothers() throws Exception {
    try (var silent = TestServer.on("127.0.0.1", TestServer::readUntilClosed);
        var good = TestServer.answering("HTTP/1.1 200 OK\r\n\r\n", null)) {
      for (var i = 1; i <= 100; i++) {
        start(probe("127.0.0.1", silent.port(), "/" + i), "noisy");
      }
      var other = probe("127.0.0.1", good.port(), "/");
      start(other, "quiet");

      await().until(() -> last.get(other) == Outcome.PASSED);
      assertThat(last).as("the first few time-outs at most").hasSizeLessThan(3 * LIMIT);
      assertThat(silent.mostOpen()).as("the server learns late of ends").isBetween(1, 2 * LIMIT);
      assertThat(rounds.waiting()).isGreaterThan(50);
      assertThat(rounds.inFlight()).isLessThanOrEqualTo(LIMIT);
    }
  }

  @Test
  void aTenantWhoseTargetsAreAllSilentLeavesPlacesToOthers() throws Exception {
    try (var silent = TestServer.on("127.0.0.1", TestServer::readUntilClosed)) {
      for (var i = 1; i <= 100; i++) {
        start(probe("127.0.0.1", silent.port(), "/" + i), "noisy");
      }
      await().until(() -> rounds.waiting() > 50);
      assertThat(rounds.inFlight()).isBetween(1, LIMIT / 2);
    }
  }

  @Test
  void aTargetIsProbedAgainAndAfterTheStopNoMore() throws Exception {
    int port;
    Probe probe;
    try (var server = TestServer.answering("HTTP/1.1 200 OK\r\n\r\n", null)) {
      port = server.port();
      probe = probe("127.0.0.1", port, "/");
      start(probe, "tenant");
      await().until(() -> last.get(probe) == Outcome.PASSED);
    }
    await().until(() -> last.get(probe) == Outcome.REFUSED);

    thread.submit(() -> rounds.stop(probe)).get();
    last.clear();
    try (var server = TestServer.answering("HTTP/1.1 200 OK\r\n\r\n", null)) {
      var other = probe("127.0.0.1", server.port(), "/other");
      start(other, "tenant");
      await().until(() -> last.get(other) == Outcome.PASSED);
      last.clear();
      await().until(() -> last.get(other) == Outcome.PASSED);
      assertThat(last).doesNotContainKey(probe);
    }
  }

  private void start(Probe probe, String tenant) {
    thread.execute(() -> rounds.start(probe, tenant, true));
  }

  private static Probe probe(String address, int port, String path) {
    return new Probe(
        address,
        port,
        new HealthCheck(HealthCheckProtocol.HTTP, null, path, null, List.of(), 1, 1, 1, 1));
  }
}
