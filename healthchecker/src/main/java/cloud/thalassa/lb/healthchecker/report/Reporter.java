package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.healthchecker.assign.Ownership;
import cloud.thalassa.lb.healthchecker.follow.CheckedSlice;
import cloud.thalassa.lb.healthchecker.follow.CheckedSlice.Target;
import cloud.thalassa.lb.healthchecker.follow.Plan;
import cloud.thalassa.lb.healthchecker.follow.SliceRef;
import cloud.thalassa.lb.healthchecker.judge.TargetHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps the stored reports equal to the verdicts: compares whatever may have changed, and writes
 * where they differ. Calls and all state belong to one thread, the executor's; the store's blocking
 * calls run elsewhere, one at a time for each slice.
 */
public final class Reporter {
  private static final Logger log = Logger.getLogger(Reporter.class);

  /** Flips within this are one write. */
  private static final Duration COALESCE = Duration.ofMillis(30);

  private static final Duration RETRY = Duration.ofMillis(500);

  /** A slice that is away for less, because somebody writes it anew, keeps its report. */
  private static final Duration ORPHAN = Duration.ofSeconds(2);

  private static final int WRITES_AT_ONCE = 32;

  private final ScheduledExecutorService thread;
  private final Executor blocking;
  private final ReportStore store;
  private final String name;
  private final BiFunction<CheckedSlice, Target, TargetHealth> verdicts;
  private final Supplier<Ownership> ownership;
  private final Runnable wrote;

  private final KnownReports known = new KnownReports();
  private final Set<SliceRef> dirty = new LinkedHashSet<>();
  private final Set<SliceRef> inFlight = new HashSet<>();
  private final Map<SliceRef, Long> orphans = new HashMap<>();
  private Map<SliceRef, CheckedSlice> slices = Map.of();
  private Set<SliceRef> planned = Set.of();
  private boolean flushing;

  /**
   * @param blocking runs the store's calls
   * @param name of this checker, for the reports
   * @param ownership the newest; read from any thread
   * @param wrote called after each write
   */
  public Reporter(
      ScheduledExecutorService thread,
      Executor blocking,
      ReportStore store,
      String name,
      BiFunction<CheckedSlice, Target, TargetHealth> verdicts,
      Supplier<Ownership> ownership,
      Runnable wrote) {
    this.thread = thread;
    this.blocking = blocking;
    this.store = store;
    this.name = name;
    this.verdicts = verdicts;
    this.ownership = ownership;
    this.wrote = wrote;
  }

  /** What the source says is stored. */
  public void followed(Collection<HealthReport> reports) {
    dirty.addAll(known.followed(reports, System.nanoTime()));
  }

  /** The verdict that a stored report gives on a target. */
  public Optional<TargetHealth> stored(CheckedSlice slice, Target target) {
    return Composition.verdict(known.get(slice.ref()), target);
  }

  /**
   * The slices that are this checker's to report, and all that are checked by anybody; whatever
   * else has a report is an orphan.
   */
  public void responsibleFor(Map<SliceRef, CheckedSlice> own, Set<SliceRef> all) {
    own.forEach(
        (ref, slice) -> {
          if (!slice.equals(slices.get(ref))) {
            dirty.add(ref);
          }
        });
    known.refs().stream().filter(ref -> !all.contains(ref)).forEach(dirty::add);
    orphans.keySet().removeAll(all);
    slices = own;
    planned = all;
    flushSoon(COALESCE);
  }

  /** Something about this slice's targets changed. */
  public void changed(SliceRef slice) {
    dirty.add(slice);
    flushSoon(COALESCE);
  }

  /** Writes what could not be written before, if it can be now. */
  public void retry() {
    if (!dirty.isEmpty()) {
      flushSoon(Duration.ZERO);
    }
  }

  private void flushSoon(Duration delay) {
    if (!flushing) {
      flushing = true;
      var _ =
          thread.schedule(
              () -> {
                flushing = false;
                flush();
              },
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  private void flush() {
    if (!ownership.get().mayWrite(System.nanoTime())) {
      return; // stays dirty: retry() follows with the next renewal
    }
    for (var ref : List.copyOf(dirty)) {
      if (inFlight.size() == WRITES_AT_ONCE) {
        return; // the next completion comes back here
      }
      if (!inFlight.contains(ref)) {
        dirty.remove(ref);
        settle(ref);
      }
    }
  }

  private void settle(SliceRef ref) {
    var slice = slices.get(ref);
    if (slice != null) {
      write(slice);
    } else if (!planned.contains(ref)) {
      drop(ref);
    }
  }

  private void write(CheckedSlice slice) {
    var stored = known.get(slice.ref());
    var report = Composition.report(slice, target -> verdicts.apply(slice, target), name);
    if (Composition.says(stored, report)) {
      return;
    }
    if (stored != null) {
      // Whoever wrote after what we know wins, and we look again.
      report.getMetadata().setResourceVersion(stored.getMetadata().getResourceVersion());
    }
    act(
        slice.ref(),
        slice.group(),
        () -> {
          var written = store.write(report);
          return () -> known.written(written, System.nanoTime());
        });
  }

  private void drop(SliceRef ref) {
    var report = known.get(ref);
    var group = report == null ? Optional.<String>empty() : Plan.group(report);
    if (report == null || group.isEmpty() || !ownership.get().owns(group.get())) {
      orphans.remove(ref);
      return;
    }
    var now = System.nanoTime();
    var left = orphans.computeIfAbsent(ref, first -> now) + ORPHAN.toNanos() - now;
    if (left > 0) {
      again(ref, Duration.ofNanos(left));
      return;
    }
    orphans.remove(ref);
    act(
        ref,
        group.get(),
        () -> {
          store.delete(report);
          return () -> known.deleted(ref);
        });
  }

  private void act(SliceRef ref, String group, Action action) {
    inFlight.add(ref);
    blocking.execute(
        () -> {
          try {
            var mine = ownership.get();
            if (!mine.owns(group) || !mine.mayWrite(System.nanoTime())) {
              thread.execute(() -> postponed(ref));
              return;
            }
            var done = action.run();
            wrote.run();
            thread.execute(
                () -> {
                  done.run();
                  completed(ref);
                });
          } catch (IOException | RuntimeException e) {
            log.warnf("The report %s could not be written, trying again: %s", ref, e.getMessage());
            thread.execute(
                () -> {
                  inFlight.remove(ref);
                  again(ref, RETRY);
                });
          }
        });
  }

  private void completed(SliceRef ref) {
    inFlight.remove(ref);
    retry();
  }

  /** Not allowed at the last moment: the next renewal or the next owner takes it up. */
  private void postponed(SliceRef ref) {
    inFlight.remove(ref);
    dirty.add(ref);
  }

  private void again(SliceRef ref, Duration delay) {
    var _ = thread.schedule(() -> changed(ref), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What to do elsewhere; the outcome is for the reporter's thread. */
  private interface Action {
    Runnable run() throws IOException;
  }
}
