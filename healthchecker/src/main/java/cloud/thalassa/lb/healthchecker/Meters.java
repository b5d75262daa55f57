package cloud.thalassa.lb.healthchecker;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.healthchecker.probe.Outcome;
import cloud.thalassa.lb.healthchecker.probe.Rounds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a checker counts; {@code thalassa_lb_healthchecker_} on the Prometheus page. */
final class Meters {
  private static final String PREFIX = "thalassa.lb.healthchecker.";

  private final MeterRegistry registry;
  private final Map<Outcome, Counter> probes = new EnumMap<>(Outcome.class);
  private final Timer probeDuration;
  private final Map<HealthState, Counter> flips = new EnumMap<>(HealthState.class);
  private final Map<HealthState, AtomicInteger> targets = new EnumMap<>(HealthState.class);
  private final Counter reportWrites;

  Meters(MeterRegistry registry) {
    this.registry = registry;
    for (var outcome : Outcome.values()) {
      probes.put(
          outcome,
          Counter.builder(PREFIX + "probes")
              .description("Probes by how they ended")
              .tag("result", outcome.label())
              .register(registry));
    }
    probeDuration =
        Timer.builder(PREFIX + "probe.duration")
            .description("From the start of a probe to its verdict")
            .register(registry);
    for (var state : HealthState.values()) {
      var count = new AtomicInteger();
      targets.put(state, count);
      gauge("targets", "Targets that this checker probes, by state", count::get, state);
      flips.put(
          state,
          Counter.builder(PREFIX + "flips")
              .description("Changes of a target's state, by the new one")
              .tag("state", label(state))
              .register(registry));
    }
    reportWrites =
        Counter.builder(PREFIX + "report.writes")
            .description("HealthReports written or deleted")
            .register(registry);
  }

  void watch(Rounds rounds) {
    gauge("probes.in.flight", "Probes under way", rounds::inFlight, null);
    gauge("queue.length", "Probes that are due and wait for a free place", rounds::waiting, null);
  }

  void members(Supplier<Number> members) {
    gauge("members", "Checkers that share the target groups, as seen from here", members, null);
  }

  void replicas(Supplier<Number> replicas) {
    gauge("replicas", "Replicas of load balancers that this checker watches", replicas, null);
  }

  void probed(Outcome outcome, Duration took) {
    get(probes, outcome).increment();
    probeDuration.record(took);
  }

  void flipped(HealthState to) {
    get(flips, to).increment();
  }

  void targetChanged(@Nullable HealthState from, @Nullable HealthState to) {
    if (from != null) {
      get(targets, from).decrementAndGet();
    }
    if (to != null) {
      get(targets, to).incrementAndGet();
    }
  }

  void reportWritten() {
    reportWrites.increment();
  }

  private void gauge(
      String name, String description, Supplier<Number> value, @Nullable HealthState state) {
    var gauge = Gauge.builder(PREFIX + name, value).description(description);
    if (state != null) {
      gauge.tag("state", label(state));
    }
    gauge.register(registry);
  }

  private static String label(HealthState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static <K extends Enum<K>, V> V get(Map<K, V> all, K key) {
    var value = all.get(key);
    if (value == null) {
      throw new IllegalStateException("no meter for " + key);
    }
    return value;
  }
}
