package cloud.thalassa.lb.dataplane.listen;

import static cloud.thalassa.lb.dataplane.listen.ListenPlanTest.binding;
import static cloud.thalassa.lb.dataplane.listen.ListenPlanTest.entry;
import static cloud.thalassa.lb.dataplane.listen.ListenPlanTest.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a defect of an engine, or of those who are told, does to the listeners. */
class ListenersTest {
  private final Defective engine = new Defective();
  private final AtomicInteger defectsOfTheTold = new AtomicInteger();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Listeners listeners =
      new Listeners(
          engine,
          new RelayMeters(new SimpleMeterRegistry()),
          thread,
          () -> {
            if (defectsOfTheTold.getAndDecrement() > 0) {
              throw new IllegalStateException("as intended");
            }
          });

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  @Test
  void whoTripsOverOneBindingIsAskedAgainAndBindsTheOthersMeanwhile() {
    engine.trips.add(binding("a", 80));
    var table = table(entry("a", 80), entry("b", 81));
    listeners.tablePublished(table);
    await().until(() -> engine.bound.contains(binding("b", 81)));
    assertThat(listeners.serve(table)).isFalse();
    engine.trips.clear();
    await().until(() -> listeners.serve(table));
  }

  @Test
  void aDefectAfterBindingDoesNotKeepTheNextTable() {
    defectsOfTheTold.set(1);
    listeners.tablePublished(table(entry("a", 80)));
    await().until(() -> defectsOfTheTold.get() <= 0);
    var next = table(entry("a", 80), entry("b", 81));
    listeners.tablePublished(next);
    await().until(() -> listeners.serve(next));
  }

  private static final class Defective implements RelayEngine {
    final Set<Binding> trips = ConcurrentHashMap.newKeySet();
    final List<Binding> bound = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<InetSocketAddress> bind(Binding binding) {
      if (trips.contains(binding)) {
        throw new IllegalStateException("as intended");
      }
      bound.add(binding);
      return CompletableFuture.completedFuture(binding.address());
    }

    @Override
    public CompletableFuture<Void> unbind(Binding binding) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void tableChanged() {}

    @Override
    public CompletableFuture<Void> drain(Duration deadline) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
