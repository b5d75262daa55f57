package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.ReplicaReportSpec;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stored ReplicaReport equal to what is found. Calls and all state belong to one thread,
 * the executor's; the store's blocking calls run elsewhere, one at a time.
 */
public final class ReplicaReporter {
  private static final Logger log = Logger.getLogger(ReplicaReporter.class);

  /** A node that goes down takes many replicas with it: they are one write. */
  private static final Duration COALESCE = Duration.ofMillis(10);

  private static final Duration RETRY = Duration.ofMillis(500);

  /** A write that has not come back by then was undone by somebody. */
  private static final Duration ECHO = Duration.ofSeconds(5);

  private final ScheduledExecutorService thread;
  private final Executor blocking;
  private final ReplicaReports store;
  private final Supplier<ReplicaReportSpec> findings;

  private @Nullable ReplicaReportSpec stored;
  private long storedAt;
  private boolean busy;
  private boolean failing;

  /**
   * @param blocking runs the store's calls
   * @param findings what is to be reported now; called on the thread
   */
  public ReplicaReporter(
      ScheduledExecutorService thread,
      Executor blocking,
      ReplicaReports store,
      Supplier<ReplicaReportSpec> findings) {
    this.thread = thread;
    this.blocking = blocking;
    this.store = store;
    this.findings = findings;
  }

  /** Something may be found otherwise than before. */
  public void changed() {
    if (!busy) {
      busy = true;
      later(COALESCE);
    }
  }

  /** No report of this checker is stored, as far as the source knows. */
  public void missing() {
    if (stored != null && System.nanoTime() - storedAt > ECHO.toNanos()) {
      stored = null;
    }
    changed();
  }

  private void later(Duration pause) {
    var _ = thread.schedule(this::write, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void write() {
    var now = findings.get();
    if (now.equals(stored)) {
      busy = false;
      return;
    }
    blocking.execute(
        () -> {
          try {
            store.write(now);
            thread.execute(() -> written(now));
          } catch (RuntimeException e) {
            thread.execute(() -> failed(e));
          }
        });
  }

  /** Looks again: more may have been found meanwhile. */
  private void written(ReplicaReportSpec report) {
    stored = report;
    storedAt = System.nanoTime();
    failing = false;
    write();
  }

  private void failed(RuntimeException e) {
    if (!failing) {
      failing = true;
      log.warnf("The ReplicaReport could not be written, trying again: %s", e.getMessage());
    }
    later(RETRY);
  }
}
