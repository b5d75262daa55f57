package cloud.thalassa.lb.dataplane.flowlog;

import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes what ended, on a thread of its own. Loops leave it at most {@value #MOST_WAITING} lines
 * ahead; what is more is dropped and counted, so that no disk, however slow, makes a loop wait.
 */
public final class FlowLog implements AutoCloseable {
  /** Costs nothing. */
  public static final FlowLog OFF = new FlowLog();

  static final int MOST_WAITING = 16_384;

  private final double sample;
  private final ConcurrentLinkedQueue<Ended> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger length = new AtomicInteger();
  private final @Nullable Counter dropped;
  private final @Nullable LogWriter writer;

  private FlowLog() {
    sample = 0;
    dropped = null;
    writer = null;
  }

  FlowLog(WritableByteChannel out, double sample, MeterRegistry registry) {
    this.sample = sample;
    dropped =
        Counter.builder("thalassa.lb.flow.log.dropped")
            .description("Lines of the flow log that were lost")
            .register(registry);
    var written =
        Counter.builder("thalassa.lb.flow.log.lines")
            .description("Lines of the flow log that were written")
            .register(registry);
    writer = new LogWriter(this::next, out, written, dropped);
  }

  /**
   * Appends to this file, which is made, or made anew where it was moved away.
   *
   * @param sample the share of connections and flows that have a line, 0..1
   */
  public static FlowLog to(Path file, double sample, MeterRegistry registry) {
    return new FlowLog(new AppendedFile(file), sample, registry);
  }

  public static FlowLog toStandardOutput(double sample, MeterRegistry registry) {
    return new FlowLog(new FileOutputStream(FileDescriptor.out).getChannel(), sample, registry);
  }

  /**
   * A connection or flow ended that was let in; one that was refused has no line. For any thread.
   *
   * @param clientHigh the client's address as two halves, IPv4 as IPv4-mapped IPv6
   * @param target the last one; null: it had none
   * @param nanos how long it was there
   */
  public void ended(
      ListenerKey listener,
      long clientHigh,
      long clientLow,
      int clientPort,
      @Nullable InetSocketAddress target,
      long bytesToTarget,
      long bytesToClient,
      long nanos,
      TerminationReason reason) {
    if (dropped == null || reason.refused() || !sampled()) {
      return;
    }
    if (length.incrementAndGet() > MOST_WAITING) {
      length.decrementAndGet();
      dropped.increment();
      return;
    }
    waiting.add(
        new Ended(
            System.currentTimeMillis(),
            listener,
            clientHigh,
            clientLow,
            clientPort,
            target,
            bytesToTarget,
            bytesToClient,
            nanos,
            reason));
  }

  /** Writes what waits, but not for long, and then nothing any more. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }

  private boolean sampled() {
    return sample >= 1 || ThreadLocalRandom.current().nextDouble() < sample;
  }

  private @Nullable Ended next() {
    var next = waiting.poll();
    if (next != null) {
      length.decrementAndGet();
    }
    return next;
  }
}
