package cloud.thalassa.lb.soak;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The dataplane under test, as users start it, and what the system tells about it. */
final class Subject {
  private static final String MANAGEMENT = "127.0.0.1:19000";

  private final Child process;

  Subject(Path directory, String engine) {
    var log = KubeTools.target().resolve("soak/dataplane-" + engine + ".log");
    log.toFile().delete();
    process =
        Child.start(
            "dataplane",
            log,
            Map.of(),
            List.of(
                KubeTools.REPOSITORY.resolve("bin/thalassa-lb").toString(),
                "dataplane",
                "--directory",
                directory.toString(),
                "--engine",
                engine,
                "--management",
                MANAGEMENT));
  }

  boolean alive() {
    return process.alive();
  }

  boolean ready() {
    return get("/q/health/ready").contains("\"UP\"");
  }

  /** Ends it as Kubernetes would; returns its exit code. */
  int end() {
    process.terminate();
    return process.exitCode(60);
  }

  void kill() {
    process.kill();
  }

  /** Lines that say that something went wrong. */
  List<String> complaints() {
    return process
        .output()
        .lines()
        .filter(line -> line.matches(".*( WARN | ERROR | FATAL |Exception|Error:).*"))
        .toList();
  }

  String output() {
    return process.output();
  }

  /** Open file descriptors, by what they are. */
  Map<String, Integer> descriptors() {
    var kinds = new TreeMap<String, Integer>();
    try (var all = Files.list(proc("fd"))) {
      for (var descriptor : (Iterable<Path>) all::iterator) {
        try {
          var what = Files.readSymbolicLink(descriptor).toString();
          var kind = what.startsWith("/") ? "file" : what.replaceFirst(":\\[\\d+]$", "");
          kinds.merge(kind, 1, Integer::sum);
        } catch (IOException closedMeanwhile) {
          // it is none any more
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kinds;
  }

  int descriptorCount() {
    var names = proc("fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  /** Resident memory, in KiB. */
  long residentKiB() {
    try {
      return Files.readAllLines(proc("status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Objects that live, in KiB: what is left of the heap after a collection. */
  long liveHeapKiB() {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var pid = Long.toString(process.pid());
    run(jcmd, pid, "GC.run");
    var used =
        get("/q/metrics")
            .lines()
            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    return (long) used / 1024;
  }

  /** The sum of a counter or gauge over all its labels that contain these texts. */
  long metric(String name, String... labels) {
    return (long)
        get("/q/metrics")
            .lines()
            .filter(line -> line.startsWith(name) && Stream.of(labels).allMatch(line::contains))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  private static void run(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.waitFor(60, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of the management port; empty: no answer. Leaves no connection open. */
  private static String get(String path) {
    try {
      var url = URI.create("http://" + MANAGEMENT + path).toURL();
      var request = (HttpURLConnection) url.openConnection();
      request.setRequestProperty("Connection", "close");
      request.setReadTimeout(30_000);
      try (var body = request.getInputStream()) {
        return new String(body.readAllBytes());
      }
    } catch (IOException notYetOrNoMore) {
      return "";
    }
  }
}
