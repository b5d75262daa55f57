package cloud.thalassa.lb.healthchecker;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one thread that decides. A task that fails is logged, not lost. */
final class CheckerThread extends ScheduledThreadPoolExecutor {
  private static final Logger log = Logger.getLogger(CheckerThread.class);

  CheckerThread() {
    super(
        1,
        task -> Thread.ofPlatform().daemon().name("checker").unstarted(task),
        new DiscardPolicy()); // after its end nobody waits for late verdicts
    setRemoveOnCancelPolicy(true);
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
    if (task instanceof Future<?> future && future.isDone()) {
      try {
        future.get();
      } catch (CancellationException cancelled) {
        // as asked
      } catch (ExecutionException e) {
        log.error("A task of the checker failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
