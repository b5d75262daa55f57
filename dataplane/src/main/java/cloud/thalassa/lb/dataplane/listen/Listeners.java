package cloud.thalassa.lb.dataplane.listen;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the listeners of the newest table listen, for as long as it takes. What stays is not
 * touched; what is new is bound before what is old is released; what cannot be bound is tried again
 * every second.
 */
public final class Listeners {
  private static final Logger log = Logger.getLogger(Listeners.class);
  private static final int RETRY_SECONDS = 1;

  private final RelayEngine engine;
  private final RelayMeters meters;
  private final ScheduledExecutorService thread;
  private final Runnable changed;

  // Of the thread alone.
  private RoutingTable table = RoutingTable.EMPTY;
  private final Set<Binding> bound = new HashSet<>();
  private boolean busy;
  private boolean again;
  private boolean stopped;
  private @Nullable ScheduledFuture<?> retry;

  private volatile View view = new View(RoutingTable.EMPTY, Map.of(), Set.of());

  /**
   * @param thread a single one, for example an event loop
   * @param changed called on that thread when a listener was bound, or could not be, for the newest
   *     table; must not block
   */
  public Listeners(
      RelayEngine engine, RelayMeters meters, ScheduledExecutorService thread, Runnable changed) {
    this.engine = engine;
    this.meters = meters;
    this.thread = thread;
    this.changed = changed;
  }

  /** To be called after the table that the engine reads was swapped. */
  public void tablePublished(RoutingTable published) {
    engine.tableChanged();
    thread.execute(
        () -> {
          table = published;
          guarded(this::converge);
        });
  }

  /** Of every listener of the newest table that was worked on. */
  public Map<ListenerKey, ListenerState> states() {
    return served().states();
  }

  /** The newest table that was worked on, and how its listeners are served. */
  public Served served() {
    var seen = view;
    var states = new HashMap<ListenerKey, ListenerState>();
    for (var route : seen.table.routes().values()) {
      var key = route.key();
      String problem = null;
      var all = true;
      for (var address : route.bind()) {
        var binding = new Binding(key, route.protocol(), address);
        all &= seen.bound.contains(binding);
        problem = problem == null ? seen.problems.get(binding) : problem;
      }
      states.put(key, new ListenerState(all, meters.open(key), problem));
    }
    return new Served(seen.table, states);
  }

  /** Whether every listener of this table is bound. */
  public boolean serve(RoutingTable wanted) {
    return view.table == wanted && states().values().stream().allMatch(ListenerState::bound);
  }

  /** Binds nothing any more. */
  public void stop() {
    thread.execute(() -> stopped = true);
  }

  private void converge() {
    if (stopped) {
      return;
    }
    if (retry != null) {
      retry.cancel(false);
    }
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    var current = table;
    var plan = ListenPlan.of(current, bound);
    var problems = new HashMap<>(plan.refused());
    var binds =
        plan.bind().stream()
            .map(
                binding ->
                    bind(binding)
                        .handleAsync(
                            (_, failure) -> {
                              if (failure == null) {
                                bound.add(binding);
                              } else {
                                problems.put(binding, problem(binding, failure));
                              }
                              return null;
                            },
                            thread))
            .toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.allOf(binds)
            .whenCompleteAsync((_, _) -> guarded(() -> converged(current, plan, problems)), thread);
  }

  /** An engine that trips over one binding does not keep the others from theirs. */
  private CompletableFuture<InetSocketAddress> bind(Binding binding) {
    try {
      return engine.bind(binding);
    } catch (RuntimeException defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  /** A defect must not be the last that is heard of the listeners. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException defect) {
      log.error("The listeners are not those of the newest table; trying again", defect);
      busy = false;
      retryLater();
    }
  }

  private void retryLater() {
    retry = thread.schedule(() -> guarded(this::converge), RETRY_SECONDS, TimeUnit.SECONDS);
  }

  private void converged(RoutingTable current, ListenPlan plan, Map<Binding, String> problems) {
    for (var binding : plan.release()) {
      bound.remove(binding);
      var _ = engine.unbind(binding);
    }
    meters.retain(current);
    publish(new View(current, Map.copyOf(problems), Set.copyOf(bound)));
    busy = false;
    if (again) {
      again = false;
      converge();
    } else if (!problems.isEmpty()) {
      retryLater();
    }
  }

  private void publish(View now) {
    var before = view;
    view = now;
    if (!now.equals(before)) {
      changed.run();
    }
  }

  private static String problem(Binding binding, Throwable failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return "%s cannot be bound: %s".formatted(binding.place(), reason(cause));
  }

  private static @Nullable String reason(Throwable cause) {
    var message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private record View(RoutingTable table, Map<Binding, String> problems, Set<Binding> bound) {}
}
