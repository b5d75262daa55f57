package cloud.thalassa.lb.healthchecker;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.event.Event;
import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.healthchecker.assign.Ownership;
import cloud.thalassa.lb.healthchecker.follow.CheckedSlice;
import cloud.thalassa.lb.healthchecker.follow.CheckedSlice.Target;
import cloud.thalassa.lb.healthchecker.follow.Documents;
import cloud.thalassa.lb.healthchecker.follow.Plan;
import cloud.thalassa.lb.healthchecker.follow.SliceRef;
import cloud.thalassa.lb.healthchecker.judge.Observation;
import cloud.thalassa.lb.healthchecker.judge.TargetHealth;
import cloud.thalassa.lb.healthchecker.judge.Thresholds;
import cloud.thalassa.lb.healthchecker.probe.Probe;
import cloud.thalassa.lb.healthchecker.probe.ProbeResult;
import cloud.thalassa.lb.healthchecker.probe.Prober;
import cloud.thalassa.lb.healthchecker.probe.Rounds;
import cloud.thalassa.lb.healthchecker.report.ReportStore;
import cloud.thalassa.lb.healthchecker.report.Reporter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The whole of health checking: documents and ownership come in, targets are probed, reports go
 * out. All state belongs to one thread; public methods may be called from any.
 */
final class Checker {
  /** At once, over all targets. Each holds a socket for no longer than its timeout and a second. */
  static final int PROBES_AT_ONCE = 1024;

  private final ScheduledExecutorService thread;
  private final InstantSource clock;
  private final Meters meters;
  private final Outbox events;
  private final Rounds rounds;
  private final Reporter reporter;
  private final Map<Probe, Judged> judged = new HashMap<>();
  private Map<SliceRef, CheckedSlice> active = Map.of();
  private Plan plan = Plan.EMPTY;
  private volatile Ownership ownership;
  private volatile boolean synced;

  Checker(
      ScheduledExecutorService thread,
      Executor blocking,
      String name,
      Ownership ownership,
      Prober prober,
      ReportStore store,
      Meters meters,
      Outbox events,
      InstantSource clock,
      RandomGenerator random) {
    this.thread = thread;
    this.clock = clock;
    this.meters = meters;
    this.events = events;
    this.ownership = ownership;
    this.rounds = new Rounds(thread, prober, random, PROBES_AT_ONCE, this::probed);
    this.reporter =
        new Reporter(
            thread,
            blocking,
            store,
            name,
            this::verdict,
            () -> this.ownership,
            meters::reportWritten);
    meters.watch(rounds);
  }

  void documents(Documents documents) {
    thread.execute(
        () -> {
          plan = plan.next(documents);
          reporter.followed(documents.reports());
          assign();
          synced = true;
        });
  }

  void ownership(Ownership next) {
    ownership = next;
    thread.execute(
        () -> {
          assign();
          reporter.retry();
        });
  }

  Ownership ownership() {
    return ownership;
  }

  /** Whether all documents have been seen. */
  boolean synced() {
    return synced;
  }

  /** Probes what is planned and owned, and nothing else. */
  private void assign() {
    var mine = ownership;
    var next = new HashMap<SliceRef, CheckedSlice>();
    plan.slices()
        .forEach(
            (ref, slice) -> {
              if (mine.owns(slice.group())) {
                next.put(ref, slice);
              }
            });
    var before = active;
    active = next;
    // Acquire before release: what two slices or two versions of one have in common goes on.
    next.forEach(
        (ref, slice) -> {
          if (!slice.equals(before.get(ref))) {
            slice.targets().forEach(target -> acquire(slice, target));
          }
        });
    before.forEach(
        (ref, slice) -> {
          var now = next.get(ref);
          if (!slice.equals(now)) {
            release(slice, now);
          }
        });
    reporter.responsibleFor(next, plan.slices().keySet());
  }

  private void acquire(CheckedSlice slice, Target target) {
    var probe = probe(slice, target);
    var entry = judged.get(probe);
    if (entry == null) {
      var stored = reporter.stored(slice, target);
      entry = new Judged(stored.orElseGet(() -> TargetHealth.initial(clock.instant())), slice);
      judged.put(probe, entry);
      meters.targetChanged(null, entry.health.state());
      rounds.start(probe, tenant(slice), stored.isEmpty());
    }
    entry.slices.add(slice.ref());
  }

  private void release(CheckedSlice slice, @Nullable CheckedSlice successor) {
    var kept = new HashSet<Probe>();
    if (successor != null) {
      successor.targets().forEach(target -> kept.add(probe(successor, target)));
    }
    for (var target : slice.targets()) {
      var probe = probe(slice, target);
      var entry = judged.get(probe);
      if (entry == null || kept.contains(probe)) {
        continue;
      }
      entry.slices.remove(slice.ref());
      if (entry.slices.isEmpty()) {
        judged.remove(probe);
        rounds.stop(probe);
        meters.targetChanged(entry.health.state(), null);
      }
    }
  }

  private void probed(Probe probe, ProbeResult result, Duration took) {
    meters.probed(result.outcome(), took);
    var entry = judged.get(probe);
    if (entry == null) {
      return;
    }
    var before = entry.health;
    entry.health =
        before.observe(
            new Observation(result.passed(), result.reason(), clock.instant()), entry.thresholds);
    if (entry.health.state() != before.state()) {
      meters.flipped(entry.health.state());
      meters.targetChanged(before.state(), entry.health.state());
      entry.slices.forEach(reporter::changed);
      entry.slices.forEach(ref -> tell(active.get(ref), probe, entry.health));
    }
  }

  private void tell(@Nullable CheckedSlice slice, Probe probe, TargetHealth health) {
    var balancer = slice == null ? null : slice.labels().get(Api.LOAD_BALANCER_LABEL);
    if (slice == null || balancer == null || !events.isOn()) {
      return;
    }
    slice.targets().stream()
        .filter(target -> probe.equals(probe(slice, target)))
        .map(
            target ->
                new Event.Health(
                    slice.ref().namespace() + "/" + balancer,
                    slice.group(),
                    target.address(),
                    target.port(),
                    health.state(),
                    health.reason()))
        .forEach(events::tell);
  }

  private TargetHealth verdict(CheckedSlice slice, Target target) {
    var entry = judged.get(probe(slice, target));
    return entry == null ? TargetHealth.initial(clock.instant()) : entry.health;
  }

  private static Probe probe(CheckedSlice slice, Target target) {
    return new Probe(target.address(), target.probePort(), slice.check());
  }

  private static String tenant(CheckedSlice slice) {
    return slice.group().substring(0, slice.group().indexOf('/'));
  }

  private static final class Judged {
    final Thresholds thresholds;
    final Set<SliceRef> slices = new HashSet<>();
    TargetHealth health;

    Judged(TargetHealth health, CheckedSlice slice) {
      this.health = health;
      var check = slice.check();
      this.thresholds = new Thresholds(check.healthyThreshold(), check.unhealthyThreshold());
    }
  }
}
