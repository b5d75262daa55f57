package cloud.thalassa.lb.healthchecker.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthCheckProtocol;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a server can answer, or not, on real sockets. */
class VertxProberTest {
  private static Vertx vertx;
  private static VertxProber prober;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    prober = new VertxProber(vertx, 2);
  }

  @AfterAll
  static void stop() {
    vertx.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aPortThatListensPassesAndOneThatDoesNotIsRefused(String address) throws Exception {
    int port;
    try (var server = TestServer.on(address, socket -> {})) {
      port = server.port();
      assertThat(probe(address, port, tcp())).isEqualTo(passed("connected"));
    }
    assertThat(probe(address, port, tcp()))
        .isEqualTo(new ProbeResult(Outcome.REFUSED, "connection refused"));
  }

  @Test
  void anHttpServerIsAskedOnceAndPlainly() throws Exception {
    var request = new CompletableFuture<String>();
    try (var server = TestServer.answering("HTTP/1.1 204 No Content\r\n\r\n", request)) {
      assertThat(probe("127.0.0.1", server.port(), http("/healthz?a=b", "shop.example")))
          .isEqualTo(passed("HTTP 204"));
      assertThat(request.get(5, TimeUnit.SECONDS))
          .isEqualTo(
              "GET /healthz?a=b HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: thalassa-lb-healthchecker\r\n"
                  + "Accept: */*\r\nConnection: close\r\n\r\n");
    }
  }

  @Test
  void theHostIsTheAuthorityUnlessGiven() throws Exception {
    var request = new CompletableFuture<String>();
    try (var server = TestServer.answering("::1", "HTTP/1.0 200\n", request)) {
      assertThat(probe("::1", server.port(), http(null, null))).isEqualTo(passed("HTTP 200"));
      assertThat(request.get(5, TimeUnit.SECONDS))
          .startsWith("GET / HTTP/1.1\r\nHost: [::1]:" + server.port() + "\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK|PASSED|HTTP 200",
        "399|PASSED|HTTP 399",
        "302 Found|PASSED|HTTP 302",
        "400 Bad|UNEXPECTED_STATUS|HTTP 400, expected 200-399",
        "503 Busy|UNEXPECTED_STATUS|HTTP 503, expected 200-399",
        "199 Odd|UNEXPECTED_STATUS|HTTP 199, expected 200-399",
        "600 Odd|MALFORMED|not an HTTP answer: it does not begin with HTTP/1",
      })
  void statuses(String status, Outcome outcome, String reason) throws Exception {
    try (var server =
        TestServer.answering("HTTP/1.1 " + status + "\r\nLocation: /x\r\n\r\n", null)) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null)))
          .isEqualTo(new ProbeResult(outcome, reason));
    }
  }

  @Test
  void garbageIsNoAnswer() throws Exception {
    try (var server = TestServer.answering("SSH-2.0-OpenSSH_9.2\r\n", null)) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null)).outcome())
          .isEqualTo(Outcome.MALFORMED);
    }
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersTimesOut() throws Exception {
    try (var server = TestServer.on("127.0.0.1", TestServer::readUntilClosed)) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null)))
          .isEqualTo(new ProbeResult(Outcome.TIMEOUT, "no answer within 1 s"));
      await().until(() -> server.open() == 0);
    }
  }

  @Test
  void anEndlessFirstLineThatComesFastIsCutOff() throws Exception {
    try (var server =
        TestServer.on("127.0.0.1", socket -> TestServer.flood(socket, "HTTP/1.1 200 "))) {
      var result = probe("127.0.0.1", server.port(), http(null, null));
      assertThat(result.outcome()).isEqualTo(Outcome.MALFORMED);
      assertThat(result.reason()).contains("longer than 1024 bytes");
      await().until(() -> server.open() == 0);
    }
  }

  @Test
  void anEndlessFirstLineThatTricklesTimesOut() throws Exception {
    try (var server = TestServer.on("127.0.0.1", TestServer::trickle)) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null)).outcome())
          .isEqualTo(Outcome.TIMEOUT);
      await().until(() -> server.open() == 0);
    }
  }

  @Test
  void anEndlessBodyIsNotRead() throws Exception {
    try (var server =
        TestServer.on("127.0.0.1", socket -> TestServer.flood(socket, "HTTP/1.1 200 OK\r\n\r\n"))) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null))).isEqualTo(passed("HTTP 200"));
      await().until(() -> server.open() == 0);
    }
  }

  @Test
  void aServerThatClosesEarlyIsNoAnswer() throws Exception {
    try (var server = TestServer.on("127.0.0.1", TestServer::readOnce)) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null)))
          .isEqualTo(new ProbeResult(Outcome.CLOSED, "closed without an HTTP answer"));
    }
  }

  @Test
  void aServerThatResetsIsNoAnswer() throws Exception {
    try (var server = TestServer.on("127.0.0.1", TestServer::reset)) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null)))
          .isEqualTo(new ProbeResult(Outcome.CLOSED, "connection reset"));
    }
  }

  @Test
  void aSlowServerPassesWithinTheTimeout() throws Exception {
    try (var server = TestServer.on("127.0.0.1", TestServer::slowly)) {
      assertThat(probe("127.0.0.1", server.port(), http(null, null))).isEqualTo(passed("HTTP 200"));
    }
  }

  @Test
  void whatIsNoAddressIsSaid() throws Exception {
    assertThat(probe("web.example", 80, tcp()))
        .isEqualTo(new ProbeResult(Outcome.UNREACHABLE, "web.example is not an IP address"));
  }

  private static ProbeResult probe(String address, int port, HealthCheck check) throws Exception {
    var verdict = new CompletableFuture<ProbeResult>();
    var released = new CompletableFuture<Void>();
    prober.probe(new Probe(address, port, check), verdict::complete, () -> released.complete(null));
    var result = verdict.get(10, TimeUnit.SECONDS);
    released.get(10, TimeUnit.SECONDS);
    return result;
  }

  private static ProbeResult passed(String reason) {
    return new ProbeResult(Outcome.PASSED, reason);
  }

  private static HealthCheck tcp() {
    return new HealthCheck(HealthCheckProtocol.TCP, null, null, null, List.of(), 1, 1, 1, 1);
  }

  private static HealthCheck http(String path, String host) {
    return new HealthCheck(HealthCheckProtocol.HTTP, null, path, host, List.of(), 1, 1, 1, 1);
  }
}
