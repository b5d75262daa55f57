package cloud.thalassa.lb.dataplane.flowlog;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes. It looks for lines now and then: to be woken would cost each loop a
 * system call.
 */
final class LogWriter implements AutoCloseable {
  private static final Logger log = Logger.getLogger(LogWriter.class);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration LAST_WRITES = Duration.ofSeconds(2);
  private static final int BATCH_CHARS = 64 * 1024;

  private final Supplier<@Nullable Ended> source;
  private final WritableByteChannel out;
  private final Counter written;
  private final Counter dropped;
  private final Thread thread;
  private final StringBuilder lines = new StringBuilder(2 * BATCH_CHARS);
  private volatile boolean closing;
  private boolean failing;
  private boolean torn;

  LogWriter(
      Supplier<@Nullable Ended> source, WritableByteChannel out, Counter written, Counter dropped) {
    this.source = source;
    this.out = out;
    this.written = written;
    this.dropped = dropped;
    thread = Thread.ofPlatform().daemon().name("flow-log").start(this::run);
  }

  /** Waits for the last lines, but for no disk that hangs. */
  @Override
  public void close() {
    closing = true;
    try {
      if (!thread.join(LAST_WRITES)) {
        log.warnf(
            "The last lines of the flow log were not written in %d s", LAST_WRITES.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (true) {
      var last = closing;
      int count = batch();
      if (count > 0) {
        write(count);
      } else if (last) {
        return;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** The number of lines. */
  private int batch() {
    lines.setLength(0);
    int count = 0;
    while (lines.length() < BATCH_CHARS) {
      var ended = source.get();
      if (ended == null) {
        break;
      }
      ended.appendTo(lines);
      count++;
    }
    return count;
  }

  private void write(int count) {
    if (torn) {
      lines.insert(0, '\n'); // what the failure left of a line must not spoil the next
    }
    var bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(lines));
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      torn = false;
      written.increment(count);
      failing = false;
    } catch (IOException e) {
      torn |= bytes.position() > 0;
      dropped.increment(count);
      if (!failing) {
        failing = true;
        log.warnf("The flow log cannot be written, its lines are lost until it can: %s", e);
      }
    }
  }
}
