package cloud.thalassa.lb.operator.trace;

import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The changes that are under way. Only this process knows when it saw and decided one: of changes
 * before its time there is no trace. Bounded. Where nobody keeps traces it does nothing.
 */
public final class Chronicle {
  private static final Logger log = Logger.getLogger(Chronicle.class);
  private static final int REMEMBERED = 4096;

  /** After that a change is told as it is: something holds it up. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final @Nullable Traces traces;
  private final Map<Ref, Instant> seen = bounded();
  private final Map<Ref, Change> changes = bounded();

  Chronicle(InstantSource clock, @Nullable Traces traces) {
    this.clock = clock;
    this.traces = traces;
  }

  /**
   * Of a process.
   *
   * @param exported whether its environment says where traces are to go
   */
  public static Chronicle of(InstantSource clock, boolean exported) {
    return new Chronicle(clock, exported ? exporting() : null);
  }

  /** A mistake in a variable costs the traces, and not the load balancers. */
  private static @Nullable Traces exporting() {
    try {
      return Exported.start();
    } catch (RuntimeException e) {
      log.warnf("No traces are kept: %s", e.getMessage());
      return null;
    }
  }

  /** Has whoever sees changes first tell us; nobody is troubled where nothing is kept. */
  public void listen(Consumer<Consumer<Ref>> sight) {
    if (traces != null) {
      sight.accept(this::seen);
    }
  }

  /** Something was seen that may be a change of this load balancer. */
  synchronized void seen(Ref loadBalancer) {
    seen.putIfAbsent(loadBalancer, clock.instant());
  }

  /** A reconciliation begins, of which there is one at a time for each load balancer. */
  public Round begin(Ref loadBalancer) {
    if (traces == null) {
      return Round.UNTOLD;
    }
    var now = clock.instant();
    return new Round(this, clock, loadBalancer, sight(loadBalancer, now), now);
  }

  private synchronized Instant sight(Ref loadBalancer, Instant now) {
    var first = seen.remove(loadBalancer);
    return first == null ? now : first;
  }

  /** The change that is under way, whatever its revision. */
  synchronized @Nullable Change underWay(Ref loadBalancer) {
    return changes.get(loadBalancer);
  }

  synchronized Change open(
      Ref loadBalancer, String revision, Instant start, List<Step> before, Instant now) {
    var earlier = changes.remove(loadBalancer);
    if (earlier != null) {
      earlier.end(Map.of("thalassa.superseded_by", revision), now, null);
    }
    var trace = Objects.requireNonNull(traces).begin(loadBalancer, revision, start);
    var change = new Change(revision, trace, before, now);
    changes.put(loadBalancer, change);
    return change;
  }

  synchronized void close(Ref loadBalancer) {
    changes.remove(loadBalancer);
  }

  private static <V> Map<Ref, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Ref, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
