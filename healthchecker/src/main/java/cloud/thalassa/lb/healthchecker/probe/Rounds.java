package cloud.thalassa.lb.healthchecker.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Probes each target over and over, at most so many at once; who is due waits in a fair queue. A
 * tenant may have no more under way than are free for all: one whose targets are all silent, with
 * the longest time-out, holds half of the places, and others find one at once. Everything here
 * happens on one thread, the executor's, and so must the calls.
 */
public final class Rounds {
  /** Told about every probe, on the same thread. */
  public interface Listener {
    void probed(Probe probe, ProbeResult result, Duration took);
  }

  private final ScheduledExecutorService thread;
  private final Prober prober;
  private final RandomGenerator random;
  private final int limit;
  private final Listener listener;
  private final Map<Probe, Round> rounds = new HashMap<>();
  private final FairQueue<Round> queue = new FairQueue<>();
  private volatile int waiting;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<String, Integer> inFlightOf = new HashMap<>();

  public Rounds(
      ScheduledExecutorService thread,
      Prober prober,
      RandomGenerator random,
      int limit,
      Listener listener) {
    this.thread = thread;
    this.prober = prober;
    this.random = random;
    this.limit = limit;
    this.listener = listener;
  }

  /** Begins to probe, at once if it is urgent. The tenant is whose turn it takes in the queue. */
  public void start(Probe probe, String tenant, boolean urgent) {
    var round = new Round(probe, tenant);
    if (rounds.putIfAbsent(probe, round) == null) {
      round.schedule(Jitter.first(urgent, round.interval, random));
    }
  }

  /** After this the listener hears nothing more about the probe. */
  public void stop(Probe probe) {
    var round = rounds.remove(probe);
    if (round != null && round.timer != null) {
      round.timer.cancel(false);
    }
  }

  /** Readable from any thread. */
  public int waiting() {
    return waiting;
  }

  /** Readable from any thread. */
  public int inFlight() {
    return inFlight.get();
  }

  private void pump() {
    while (inFlight.get() < limit) {
      var round = queue.poll(this::mayHaveAnother);
      if (round == null) {
        break;
      }
      if (round.current()) {
        round.begin();
      }
    }
    waiting = queue.size();
  }

  private boolean mayHaveAnother(String tenant) {
    return inFlightOf.getOrDefault(tenant, 0) < limit - inFlight.get();
  }

  private final class Round {
    final Probe probe;
    final String tenant;
    final Duration interval;
    @Nullable Future<?> timer;
    int done;

    Round(Probe probe, String tenant) {
      this.probe = probe;
      this.tenant = tenant;
      this.interval = Duration.ofSeconds(probe.check().intervalSeconds());
    }

    boolean current() {
      return rounds.get(probe) == this;
    }

    void schedule(Duration delay) {
      timer =
          thread.schedule(
              () -> {
                queue.add(tenant, this);
                pump();
              },
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
    }

    void begin() {
      inFlight.incrementAndGet();
      inFlightOf.merge(tenant, 1, Integer::sum);
      var begun = System.nanoTime();
      prober.probe(
          probe,
          result ->
              thread.execute(() -> judged(result, Duration.ofNanos(System.nanoTime() - begun))),
          () -> thread.execute(() -> released(begun)));
    }

    void judged(ProbeResult result, Duration took) {
      if (current()) {
        listener.probed(probe, result, took);
      }
    }

    void released(long begun) {
      inFlight.decrementAndGet();
      inFlightOf.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
      done++;
      if (current()) {
        var elapsed = Duration.ofNanos(System.nanoTime() - begun);
        var next = Jitter.next(done, interval, random).minus(elapsed);
        schedule(next.isNegative() ? Duration.ZERO : next);
      }
      pump();
    }
  }
}
