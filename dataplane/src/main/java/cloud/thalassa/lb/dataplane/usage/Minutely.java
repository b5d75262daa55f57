package cloud.thalassa.lb.dataplane.usage;

import cloud.thalassa.lb.crds.event.UsageBook;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads the meters when a minute is over: relaying takes no part in it. */
public final class Minutely {
  private static final long MINUTE = 60_000;

  private final Minutes minutes = new Minutes();
  private final RelayMeters meters;
  private final ScheduledExecutorService thread;
  private final InstantSource clock;
  private final long started;

  public Minutely(RelayMeters meters, ScheduledExecutorService thread, InstantSource clock) {
    this.meters = meters;
    this.thread = thread;
    this.clock = clock;
    this.started = clock.millis();
  }

  public void start() {
    var _ = thread.schedule(this::over, MINUTE - clock.millis() % MINUTE, TimeUnit.MILLISECONDS);
  }

  /** The minutes after one. Any thread. */
  public UsageBook after(long minute) {
    return new UsageBook(started, minutes.after(minute));
  }

  private void over() {
    start();
    var relayed = meters.relayed();
    // a moment after its end, or, as clocks are set, before
    minutes.close((clock.millis() - MINUTE / 2) / MINUTE, relayed.live(), relayed.departed());
  }
}
