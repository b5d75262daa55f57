package cloud.thalassa.lb.operator;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does a step over and over until it is done or called off: the one way in which the operator waits
 * for what sends no event. A step that fails is logged and taken again.
 */
public final class Again implements AutoCloseable {
  private static final Logger log = Logger.getLogger(Again.class);
  private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(2);

  private final String name;
  private final Step step;
  private final Thread thread;

  /** May block, as long as an interrupt wakes it. */
  @FunctionalInterface
  public interface Step {
    /** Returns how long to wait before the next one; null: it is done. */
    @Nullable Duration take();
  }

  private Again(String name, Step step) {
    this.name = name;
    this.step = step;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** The first step is taken at once, on another thread. */
  public static Again start(String name, Step step) {
    var again = new Again(name, step);
    again.thread.start();
    return again;
  }

  /** No step is taken any more; does not wait for the one that is being taken. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      for (var pause = take(); pause != null; pause = take()) {
        Thread.sleep(pause);
      }
    } catch (InterruptedException calledOff) {
      log.debugf("Called off: %s", name);
    }
  }

  private @Nullable Duration take() {
    try {
      return step.take();
    } catch (RuntimeException e) {
      log.errorf(e, "Failed, and is tried again: %s", name);
      return AFTER_A_DEFECT;
    }
  }
}
