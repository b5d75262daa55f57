package cloud.thalassa.lb.e2e.traffic;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * New connections all the time, and long-lived ones that exchange messages: paced, so that it says
 * something about the balancer and not about the machine.
 */
public final class Load implements AutoCloseable {
  private static final int OPENERS = 4;
  private static final int LONG_LIVED = 20;
  private static final long PAUSE_NANOS = 10_000_000;

  private final Supplier<String> address;
  private final int port;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> cut = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param opened connections that were opened, used and ended in full
   * @param messages exchanged on the long-lived connections
   * @param refused connections that were not accepted
   * @param cut connections that ended before their time, or gave back other bytes
   */
  public record Result(long opened, long messages, List<String> refused, List<String> cut) {}

  private Load(Supplier<String> address, int port) {
    this.address = address;
    this.port = port;
  }

  /** Returns when the long-lived connections are up; {@link #stop} before a minute has passed. */
  public static Load start(String address, int port) throws IOException {
    return start(() -> address, port);
  }

  /**
   * As {@link #start(String, int)}.
   *
   * @param address where to connect now; asked for each connection
   */
  public static Load start(Supplier<String> address, int port) throws IOException {
    var load = new Load(address, port);
    for (var i = 0; i < LONG_LIVED; i++) {
      var client = new Client(address.get(), port);
      load.threads.add(Thread.ofVirtual().start(() -> load.converse(client)));
    }
    for (var i = 0; i < OPENERS; i++) {
      load.threads.add(Thread.ofVirtual().start(load::open));
    }
    return load;
  }

  private void open() {
    while (!stopped.get()) {
      var to = "";
      try {
        to = address.get();
        Client.ask(to, port);
        opened.incrementAndGet();
      } catch (ConnectException e) {
        refused.add(to + ": " + e);
      } catch (IOException e) {
        cut.add("new: " + e);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void converse(Client client) {
    try (client) {
      while (!stopped.get()) {
        client.exchange(1 + ThreadLocalRandom.current().nextInt(16 * 1024));
        messages.incrementAndGet();
        LockSupport.parkNanos(2 * PAUSE_NANOS);
      }
      client.exchange(1); // it lived to the end
    } catch (IOException e) {
      cut.add("long-lived, of " + client.target() + ": " + e);
    }
  }

  /** Connections opened so far: waits for more of them show that service goes on. */
  public long opened() {
    return opened.get();
  }

  /** Connections that failed so far, in whatever way. */
  public int failed() {
    return refused.size() + cut.size();
  }

  public Result stop() {
    close();
    return new Result(opened.get(), messages.get(), List.copyOf(refused), List.copyOf(cut));
  }

  @Override
  public void close() {
    stopped.set(true);
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the load ended", e);
    }
  }
}
