package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The one thread of the driver: sockets, deadlines, and with them everything that it knows. */
final class Reactor implements AutoCloseable {
  /** What a channel does when it is ready. */
  interface Handler {
    void ready(SelectionKey key);
  }

  /** Of the step that is running. */
  final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

  private final Selector selector;
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final SplittableRandom seeds;
  private long order;

  Reactor(long seed) throws IOException {
    selector = Selector.open();
    seeds = new SplittableRandom(seed);
  }

  /** Its own for each actor, so that what one does depends on no other's timing. */
  SplittableRandom random() {
    return seeds.split();
  }

  SelectionKey register(SelectableChannel channel, int operations, Handler handler)
      throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations, handler);
  }

  void in(long millis, Runnable task) {
    timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), order++, task));
  }

  /** Again and again, at a steady pace, from now on; never twice to make up for a delay. */
  void every(long millis, Runnable task) {
    in(
        millis,
        () -> {
          every(millis, task);
          task.run();
        });
  }

  void runUntil(long nanoTime) {
    while (System.nanoTime() - nanoTime < 0) {
      turn(nanoTime);
    }
  }

  private void turn(long end) {
    var next = timers.isEmpty() || timers.peek().at - end > 0 ? end : timers.peek().at;
    var wait = TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime());
    try {
      if (wait > 0) {
        selector.select(Reactor::serve, wait);
      } else {
        selector.selectNow(Reactor::serve);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var now = System.nanoTime();
    while (!timers.isEmpty() && timers.peek().at - now <= 0) {
      timers.remove().task.run();
    }
  }

  private static void serve(SelectionKey key) {
    if (key.isValid()) {
      ((Handler) key.attachment()).ready(key);
    }
  }

  @Override
  public void close() throws IOException {
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private record Timer(long at, long order, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return at == other.at ? Long.compare(order, other.order) : at - other.at < 0 ? -1 : 1;
    }
  }
}
