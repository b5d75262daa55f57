package cloud.thalassa.lb.e2e;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start-up time and memory of each program, started as users start it. Not a test. */
class ProgramMeasurement {
  private static final int STARTS = 9;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path directory;

  /** As {@code make build} does; packaging alone makes the caches of the last build useless. */
  @BeforeAll
  static void train() {
    var train = KubeTools.REPOSITORY.resolve("bin/train").toString();
    var log = KubeTools.target().resolve("train.log");
    Child.start("train", log, Map.of(), List.of(train)).exitCode(180);
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "dataplane", "healthchecker"})
  void startAndMemory(String program) throws Exception {
    copyQuickstart();
    var start = new Figures(program + ": start to ready");
    var memory = 0L;
    for (var i = 0; i < STARTS; i++) {
      var from = System.nanoTime();
      var child =
          Launcher.start(
              program, "--directory", directory.toString(), "--management", "127.0.0.1:9000");
      await()
          .atMost(Duration.ofSeconds(30))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .ignoreExceptions()
          .until(ProgramMeasurement::isReady);
      start.add(from, System.nanoTime());
      memory = Math.max(memory, residentKiB(child));
      child.terminate();
      child.exitCode(30);
    }
    System.out.println(start);
    System.out.println("| " + program + ": resident when ready | " + memory / 1024 + " MiB |");
  }

  private void copyQuickstart() throws IOException {
    var from = KubeTools.REPOSITORY.resolve("examples/quickstart/objects");
    var to = Files.createDirectories(directory.resolve("objects"));
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    var operator =
        Launcher.start(
            "operator", "--directory", directory.toString(), "--management", "127.0.0.1:9001");
    var config = directory.resolve("compiled/default/ForwardingConfig/quickstart.yaml");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(config));
    operator.terminate();
    operator.exitCode(30);
  }

  private static boolean isReady() throws Exception {
    var url = URI.create("http://127.0.0.1:9000/q/health/ready");
    return HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding()).statusCode()
        == 200;
  }

  private static long residentKiB(Child child) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
