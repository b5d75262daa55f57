package cloud.thalassa.lb.cluster.availability;

import java.time.Duration;
import java.util.List;

/** How thorough a run is: {@code -Davailability.tries=20} and so on. */
final class Parameters {
  /** Kills of a process. */
  static final int KILLS = Integer.getInteger("availability.kills", 20);

  /** Losses of a node or zone, of each kind. */
  static final int LOSSES = Integer.getInteger("availability.losses", 3);

  /** How long what serves nobody directly is away. */
  static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("availability.outage.seconds", 300));

  /** The same load without an event, before each. */
  static final Duration QUIET =
      Duration.ofSeconds(Integer.getInteger("availability.quiet.seconds", 10));

  /** kube-proxy's minSyncPeriod where the clients are. */
  static final List<String> SYNC_PERIODS =
      List.of(System.getProperty("availability.sync", "default,100ms").split(","));

  private Parameters() {}
}
