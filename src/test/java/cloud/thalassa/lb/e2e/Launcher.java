package cloud.thalassa.lb.e2e;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** {@code bin/thalassa-lb}, as users start it. */
final class Launcher {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private Launcher() {}

  static Child start(String... arguments) {
    return start(List.of(), arguments);
  }

  /** In a shell that lets it open so many files. */
  static Child startWithFiles(int files, String... arguments) {
    return start(
        List.of("bash", "-c", "ulimit -n " + files + " && exec \"$@\"", "bash"), arguments);
  }

  /** With a variable of its environment, {@code NAME=VALUE}. */
  static Child startWith(String variable, String... arguments) {
    return start(List.of("env", variable), arguments);
  }

  private static Child start(List<String> within, String... arguments) {
    var command = new ArrayList<>(within);
    command.add(KubeTools.REPOSITORY.resolve("bin/thalassa-lb").toString());
    command.addAll(List.of(arguments));
    var log = KubeTools.target().resolve("launcher/" + RUNS.incrementAndGet() + ".log");
    log.toFile().delete();
    return Child.start("thalassa-lb " + String.join(" ", arguments), log, Map.of(), command);
  }

  /** Directory mode, in service. */
  static Child run(String... arguments) {
    var child = start(Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new));
    await("ready in N ms")
        .atMost(Duration.ofSeconds(60))
        .until(() -> child.output().matches("(?s).*ready in \\d+ ms.*") || !child.alive());
    if (!child.alive()) {
      throw new AssertionError(child + " ended:\n" + child.output());
    }
    return child;
  }
}
