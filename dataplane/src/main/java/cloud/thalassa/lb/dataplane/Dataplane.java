package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.crds.event.UsageBook;
import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.dataplane.drain.Drain;
import cloud.thalassa.lb.dataplane.drain.Farewell;
import cloud.thalassa.lb.dataplane.explain.Explainer;
import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.follow.Source;
import cloud.thalassa.lb.dataplane.listen.Listeners;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.report.Composition;
import cloud.thalassa.lb.dataplane.report.Identity;
import cloud.thalassa.lb.dataplane.report.ReportStore;
import cloud.thalassa.lb.dataplane.report.Reporter;
import cloud.thalassa.lb.dataplane.report.ServingSince;
import cloud.thalassa.lb.dataplane.table.Documents;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import cloud.thalassa.lb.dataplane.usage.Minutely;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The whole of one replica: documents come in, become a table, and the table takes effect with a
 * single write.
 */
final class Dataplane {
  private static final Logger log = Logger.getLogger(Dataplane.class);

  /** After the drain deadline, for the cut of what is left. */
  private static final Duration CUT = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final @Nullable String expected;
  private final Source source;
  private final ServiceMeters serviceMeters;
  private final RelayMeters meters;
  private final Listeners listeners;
  private final Drain drain;
  private final Reporter reporter;
  private final FlowLog flowLog;
  private final Minutely usage;
  private final ScheduledExecutorService listen =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("listen").unstarted(task));

  private volatile RoutingTable table = RoutingTable.EMPTY;
  private volatile boolean known;
  private volatile Phase phase = Phase.SERVING;

  /**
   * @param expected the load balancer that must be there; null: whichever are
   */
  Dataplane(
      @Nullable String expected,
      Source source,
      ReportStore reports,
      Identity identity,
      EngineChoice choice,
      FlowLog flowLog,
      Vertx vertx,
      MeterRegistry registry) {
    this.expected = expected;
    this.source = source;
    this.serviceMeters = new ServiceMeters(registry, () -> table);
    this.flowLog = flowLog;
    this.meters = new RelayMeters(registry, flowLog);
    var engine = choice.start(vertx, () -> table, meters, RelayLimits.DEFAULT);
    this.listeners = new Listeners(engine, meters, listen, this::listenersChanged);
    this.drain = new Drain(listeners, engine);
    this.usage = new Minutely(meters, listen, InstantSource.system());
    var since = new ServingSince(InstantSource.system());
    this.reporter =
        new Reporter(
            reports,
            identity,
            () -> since.say(Composition.of(listeners.served(), phase, meters::cuts)),
            System::nanoTime);
  }

  /**
   * @throws java.io.UncheckedIOException the documents can never be followed, with a sentence
   */
  void start() {
    usage.start();
    source.follow(this::documents);
  }

  /** Whether the newest table is in service as a whole, and what is not. */
  Readiness readiness() {
    return Readiness.of(expected, known ? table : null, listeners.served(), phase);
  }

  /** What would become of a connection; null: the documents are not known yet. Any thread. */
  @Nullable Explanation explain(Question question) {
    return known
        ? new Explainer(table, new Present(listeners, meters), System.nanoTime()).answer(question)
        : null;
  }

  /** What it relayed in the minutes after one. Any thread. */
  UsageBook usage(long after) {
    return usage.after(after);
  }

  /**
   * Reports that it ends, takes what still comes for as long as the farewell says, and then waits
   * for those who live until the deadline. Called again it does nothing.
   */
  void end(Farewell farewell, Duration deadline) {
    if (phase != Phase.SERVING) {
      return;
    }
    phase = Phase.DRAINING;
    var begun = System.nanoTime();
    reporter.flush();
    try {
      while (!farewell.over(begun, meters.lastArrival(begun), System.nanoTime())) {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
      }
      phase = Phase.CLOSED;
      var drained = drain.begin(deadline);
      reporter.changed();
      drained.get(deadline.plus(CUT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warnf("Connections were left %d s after the drain deadline", CUT.toSeconds());
    } catch (ExecutionException e) {
      log.warnf("The drain failed: %s", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flowLog.close();
    source.close();
    reporter.close();
    listen.shutdownNow();
  }

  /** On the source's thread, one call at a time. */
  private void documents(Documents documents) {
    try {
      swap(documents);
    } catch (RuntimeException defect) {
      log.error("No table can be made of the newest documents; what was known stays", defect);
    }
  }

  private void swap(Documents documents) {
    var before = table;
    var start = System.nanoTime();
    var now = RoutingTable.of(documents, before, start);
    serviceMeters.built(Duration.ofNanos(System.nanoTime() - start));
    if (now != before || !known) {
      table = now;
      known = true;
      now.revisedSince(before).forEach(meters::newRevision);
      serviceMeters.swapped(before, now);
      listeners.tablePublished(now);
    }
  }

  private void listenersChanged() {
    reporter.changed();
  }
}
