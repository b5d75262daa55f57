package cloud.thalassa.lb.healthchecker.usage;

import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.crds.event.UsageBook;
import cloud.thalassa.lb.crds.replica.ReplicaClient;
import cloud.thalassa.lb.healthchecker.follow.Replica;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Asks the replicas that this checker watches, once a minute, what they relayed in the minutes that
 * it has not heard of. A replica keeps an hour: a checker that was away misses nothing. One that is
 * to end is watched no longer, but relays for a while.
 */
public final class UsageCollector implements AutoCloseable {
  private static final Logger log = Logger.getLogger(UsageCollector.class);
  private static final long MINUTE = 60_000;

  /** After the end of a minute, by when replicas have noted it. */
  private static final long LATER = 3_000;

  private static final int AT_ONCE = 16;

  /** How often one that is not watched any more is asked, as long as it answers. */
  private static final int MOST_ROUNDS = 60;

  private final ReplicaClient client = new ReplicaClient();
  private final Map<Replica, Heard> heard = new ConcurrentHashMap<>();
  private final Set<Replica> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService asking = Executors.newFixedThreadPool(AT_ONCE, task());
  private final Supplier<Set<Replica>> replicas;
  private final Outbox events;
  private final ScheduledExecutorService thread;
  private final InstantSource clock;

  private UsageCollector(
      Supplier<Set<Replica>> replicas,
      Outbox events,
      ScheduledExecutorService thread,
      InstantSource clock) {
    this.replicas = replicas;
    this.events = events;
    this.thread = thread;
    this.clock = clock;
  }

  /**
   * Asks when the next minute is over, and then after each.
   *
   * @param replicas whom it asks, by then
   * @param thread for its timer only
   */
  public static UsageCollector start(
      Supplier<Set<Replica>> replicas,
      Outbox events,
      ScheduledExecutorService thread,
      InstantSource clock) {
    var collector = new UsageCollector(replicas, events, thread, clock);
    collector.schedule();
    return collector;
  }

  @Override
  public void close() {
    asking.shutdownNow();
    client.close();
  }

  private static ThreadFactory task() {
    return Thread.ofVirtual().name("usage-", 0).factory();
  }

  private void schedule() {
    var wait = MINUTE - (clock.millis() - LATER) % MINUTE;
    var _ = thread.schedule(this::round, wait, TimeUnit.MILLISECONDS);
  }

  private void round() {
    schedule();
    var now = replicas.get();
    heard.values().removeIf(it -> it.rounds > MOST_ROUNDS);
    Stream.concat(now.stream(), heard.keySet().stream())
        .distinct()
        .filter(underWay::add) // whom the last round still asks, it asks for this one too
        .forEach(replica -> asking.execute(() -> ask(replica, now.contains(replica))));
  }

  private void ask(Replica replica, boolean watched) {
    var before = heard.getOrDefault(replica, Heard.NOTHING);
    try {
      var book =
          client.get(place(replica), UsageBook.PATH + "?after=" + before.minute, UsageBook.class);
      if (!watched && book.started() != before.started) {
        heard.remove(replica); // somebody else has its address by now
        return;
      }
      var last = before.minute;
      for (var told : Accounts.of(replica, book, clock.instant())) {
        events.tell(told);
        last = Math.max(last, told.number());
      }
      heard.put(replica, new Heard(last, book.started(), watched ? 0 : before.rounds + 1));
    } catch (IOException | RuntimeException e) {
      log.debugf("%s does not say what it relayed: %s", replica.name(), e);
      if (!watched) {
        heard.remove(replica);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.remove(replica);
    }
  }

  private static cloud.thalassa.lb.crds.replica.Replica place(Replica replica) {
    return new cloud.thalassa.lb.crds.replica.Replica(
        replica.pod(), replica.address(), replica.port());
  }

  /**
   * Of one replica.
   *
   * @param minute the last one that was heard of
   * @param started which of its processes said so
   * @param rounds since it is not watched any more
   */
  private record Heard(long minute, long started, int rounds) {
    static final Heard NOTHING = new Heard(0, 0, 0);
  }
}
