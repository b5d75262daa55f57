package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make run} shows, and what it suggests to try. */
class QuickstartTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path directory;
  private static Child program;

  @BeforeAll
  static void run() throws IOException {
    var quickstart = KubeTools.REPOSITORY.resolve("examples/quickstart");
    Files.createDirectories(directory.resolve("objects"));
    for (var file : new String[] {"demo", "Backends.java", "try.txt"}) {
      copy(quickstart.resolve(file), directory.resolve(file));
    }
    try (var objects = Files.list(quickstart.resolve("objects"))) {
      for (var object : objects.toList()) {
        copy(object, directory.resolve("objects").resolve(object.getFileName()));
      }
    }
    program = Launcher.run(directory.toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  @AfterAll
  static void end() {
    program.terminate();
    assertThat(program.exitCode(30)).isZero();
  }

  @Test
  void bothBackendsAnswerInTurnAndOneThatStopsLeaves() throws Exception {
    awaitBackends(Set.of("hello from web-1", "hello from web-2"));
    get("http://127.0.0.2:9081/stop");
    awaitBackends(Set.of("hello from web-2"));
  }

  @Test
  void udpIsEchoed() {
    await()
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(echo("hello")).isEqualTo("hello"));
  }

  @Test
  void itSaysWhatToTryAndWhereTheMetricsAre() {
    await()
        .atMost(Tenant.PATIENCE)
        .untilAsserted(() -> assertThat(program.output()).contains("Try", "curl"));
    assertThat(program.output()).contains("/q/metrics");
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> assertThat(program.output()).containsPattern("console: \\S+/console\ntoken: "));
  }

  private static void awaitBackends(Set<String> expected) {
    await("the backends are " + expected)
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(QuickstartTest::answers, expected::equals);
  }

  private static Set<String> answers() throws Exception {
    var answers = new HashSet<String>();
    for (var i = 0; i < 4; i++) {
      answers.add(get("http://127.0.0.1:8080/"));
    }
    return answers;
  }

  private static String get(String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    return HTTP.send(request, BodyHandlers.ofString()).body().strip();
  }

  private static String echo(String text) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(500);
      var listener = new InetSocketAddress("127.0.0.1", 5300);
      socket.send(new DatagramPacket(text.getBytes(), text.length(), listener));
      var packet = new DatagramPacket(new byte[100], 100);
      socket.receive(packet);
      return new String(packet.getData(), 0, packet.getLength());
    }
  }
}
