package cloud.thalassa.lb.scale;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program of ours, started as users start it, with its ServiceAccount; and what it costs. */
final class Measured {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration START = Duration.ofMinutes(3);

  private final String name;
  private final int port;
  private final Child process;
  private final long started = System.nanoTime();

  private Measured(String name, int port, Child process) {
    this.name = name;
    this.port = port;
    this.process = process;
  }

  /**
   * @param program {@code operator} or {@code healthchecker}
   * @param instance tells it from its like
   * @param port of its metrics
   */
  static Measured start(Cluster cluster, String program, String instance, int port) {
    try {
      var log = KubeTools.target().resolve("scale/" + instance + ".log");
      var environment =
          Map.of(
              "KUBECONFIG",
              cluster.api().kubeconfig("thalassa-system", program).toString(),
              "THALASSA_INSTANCE",
              instance,
              "THALASSA_DATAPLANE_IMAGE",
              "localhost/thalassa-lb/dataplane:measured");
      var command =
          List.of(
              KubeTools.REPOSITORY.resolve("bin/thalassa-lb").toString(),
              program,
              "--management",
              "127.0.0.1:" + port);
      return new Measured(instance, port, Child.start(instance, log, environment, command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void end() {
    process.terminate();
    process.exitCode(60);
  }

  /** Milliseconds from its start until the sum of a metric was that large. */
  double millisUntil(String metric, double value) {
    await(name + ": " + metric + " is " + value)
        .atMost(START)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> metric(metric) >= value);
    return (System.nanoTime() - started) / 1e6;
  }

  /**
   * The sum over all of its labels.
   *
   * @param metric begins with this: the name, and a label if only some count
   */
  double metric(String metric) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"));
    try {
      var text = HTTP.send(request.build(), BodyHandlers.ofString()).body();
      return Samples.sum(text, line -> line.startsWith(metric));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Duration cpu() {
    return cpu(process.pid());
  }

  static Duration cpu(long pid) {
    return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  long residentMiB() {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of the heap after a collection of everything. */
  long liveHeapMiB() {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var log = KubeTools.target().resolve("scale/jcmd.log");
    Child.start("jcmd", log, Map.of(), List.of(jcmd, Long.toString(process.pid()), "GC.run"))
        .exitCode(60);
    return (long) metric("jvm_memory_used_bytes{area=\"heap\"") >> 20;
  }
}
