package cloud.thalassa.lb.dataplane.relay.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops ask their system for short turns, and for nothing else. */
@Timeout(60)
class TimeSliceTest {
  private static final Path THREADS = Path.of("/proc/self/task");

  /** As /proc writes it, from Linux 6.12 on: a slice of the thread's own, in nanoseconds. */
  private static final String SLICE = "se.slice";

  private final Vertx vertx = Vertx.vertx();

  @Test
  void loopsHaveShorterTurnsThanOthers() throws Exception {
    assumeThat(sched(Path.of("/proc/thread-self"))).anyMatch(line -> line.startsWith(SLICE));
    var meters = new RelayMeters(new SimpleMeterRegistry());
    EpollEngine.start(vertx, () -> RoutingTable.EMPTY, meters, RelayLimits.DEFAULT);
    try {
      await()
          .untilAsserted(
              () ->
                  assertThat(loops())
                      .hasSize(Runtime.getRuntime().availableProcessors())
                      .allSatisfy(loop -> assertThat(slice(loop)).isEqualTo(200_000))
                      .allSatisfy(loop -> assertThat(nice(loop)).isEqualTo(ownNice())));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private static List<Path> loops() throws IOException {
    try (var threads = Files.list(THREADS)) {
      return threads.filter(thread -> read(thread, "comm").startsWith("epoll-loop-")).toList();
    }
  }

  private static long slice(Path thread) {
    return sched(thread).stream()
        .filter(line -> line.startsWith(SLICE))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static int ownNice() {
    return nice(Path.of("/proc/thread-self"));
  }

  /** The 19th field of stat; the second one may have spaces, and is in parentheses. */
  private static int nice(Path thread) {
    var stat = read(thread, "stat");
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }

  private static List<String> sched(Path thread) {
    return read(thread, "sched").lines().toList();
  }

  private static String read(Path thread, String file) {
    try {
      return Files.readString(thread.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
