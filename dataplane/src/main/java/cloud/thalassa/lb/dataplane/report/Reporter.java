package cloud.thalassa.lb.dataplane.report;

import cloud.thalassa.lb.crds.DataplaneReportSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports when they change: at once for everything but counts of connections, which are at
 * most a minute old: a thousand load balancers under load would otherwise write, and be reconciled,
 * all the time. A failure is tried again with growing pauses. Nothing waits for a report.
 */
public final class Reporter implements AutoCloseable {
  private static final Logger log = Logger.getLogger(Reporter.class);
  private static final Duration COUNTS = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LAST_WORD = Duration.ofSeconds(2);

  private final ReportStore store;
  private final Identity identity;
  private final Supplier<Map<String, DataplaneReportSpec>> wanted;
  private final LongSupplier nanoClock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("report").unstarted(task));

  // Of the thread alone.
  private final Map<String, Written> written = new HashMap<>();
  private int failures;
  private @Nullable ScheduledFuture<?> next;

  /**
   * @param wanted what is to be reported now, by load balancer; called on the reporter's thread
   * @param nanoClock as {@link System#nanoTime}
   */
  public Reporter(
      ReportStore store,
      Identity identity,
      Supplier<Map<String, DataplaneReportSpec>> wanted,
      LongSupplier nanoClock) {
    this.store = store;
    this.identity = identity;
    this.wanted = wanted;
    this.nanoClock = nanoClock;
  }

  /** Something may have changed. Never blocks; any thread. */
  public void changed() {
    if (!thread.isShutdown()) {
      thread.execute(this::look);
    }
  }

  /** Writes what has changed before it returns, if that takes no longer than two seconds. */
  public void flush() {
    await(this::look);
  }

  /** Takes the reports back: this replica has ended. */
  @Override
  public void close() {
    await(
        () -> {
          cancelNext();
          List.copyOf(written.keySet()).forEach(name -> attempt(() -> delete(name)));
        });
    thread.shutdownNow();
  }

  private void look() {
    cancelNext();
    failures = settled() ? 0 : failures + 1;
    again(failures > 0 ? pause(failures) : COUNTS);
  }

  private boolean settled() {
    try {
      return settle(wanted.get());
    } catch (RuntimeException defect) {
      log.error("What is to be reported cannot be told, trying again", defect);
      return false;
    }
  }

  private boolean settle(Map<String, DataplaneReportSpec> now) {
    var failed = false;
    for (var entry : now.entrySet()) {
      failed |= !attempt(() -> write(entry.getKey(), entry.getValue()));
    }
    for (var loadBalancer : List.copyOf(written.keySet())) {
      if (!now.containsKey(loadBalancer)) {
        failed |= !attempt(() -> delete(loadBalancer));
      }
    }
    return !failed;
  }

  /** One report that cannot be written does not keep the others. Logs the first of a row. */
  private boolean attempt(Task task) {
    try {
      task.run();
      return true;
    } catch (IOException | RuntimeException e) {
      if (failures == 0) {
        log.warnf("A report cannot be written, trying again: %s", e.getMessage());
      }
      return false;
    }
  }

  private void write(String loadBalancer, DataplaneReportSpec spec) throws IOException {
    var before = written.get(loadBalancer);
    var now = nanoClock.getAsLong();
    if (before == null || before.isOutdated(spec, now)) {
      store.write(identity.report(loadBalancer, spec));
      written.put(loadBalancer, new Written(spec, now));
    }
  }

  private void delete(String loadBalancer) throws IOException {
    var last = written.get(loadBalancer);
    if (last != null) {
      store.delete(identity.report(loadBalancer, last.spec()));
      written.remove(loadBalancer);
    }
  }

  private void again(Duration pause) {
    if (!thread.isShutdown()) {
      next = thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void cancelNext() {
    if (next != null) {
      next.cancel(false);
    }
  }

  private void await(Runnable task) {
    if (thread.isShutdown()) {
      return;
    }
    try {
      thread.submit(task).get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warnf("The last report could not be written within %d s", LAST_WORD.toSeconds());
    } catch (ExecutionException e) {
      log.warnf("The last report could not be written: %s", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Duration pause(int failures) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private interface Task {
    void run() throws IOException;
  }

  private record Written(DataplaneReportSpec spec, long at) {
    boolean isOutdated(DataplaneReportSpec now, long nanos) {
      if (spec.equals(now)) {
        return false;
      }
      return nanos - at >= COUNTS.toNanos()
          || !Composition.withoutCounts(spec).equals(Composition.withoutCounts(now));
    }
  }
}
