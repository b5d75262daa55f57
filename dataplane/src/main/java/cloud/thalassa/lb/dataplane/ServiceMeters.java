package cloud.thalassa.lb.dataplane;

import static java.util.stream.Collectors.joining;

import cloud.thalassa.lb.dataplane.table.RoutingTable;
import cloud.thalassa.lb.dataplane.table.RoutingTable.Service;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is in service and what is not, as metrics, and one line of the log for each change. */
final class ServiceMeters {
  private static final Logger log = Logger.getLogger(ServiceMeters.class);

  private final MeterRegistry registry;
  private final Supplier<RoutingTable> table;
  private final Counter swaps;
  private final Timer builds;
  private final Map<String, Gauge> problems = new HashMap<>();

  ServiceMeters(MeterRegistry registry, Supplier<RoutingTable> table) {
    this.registry = registry;
    this.table = table;
    this.swaps =
        Counter.builder("thalassa.lb.table.swaps")
            .description("New routing tables that came into effect")
            .register(registry);
    this.builds =
        Timer.builder("thalassa.lb.table.build")
            .description("Time to make a routing table of documents")
            .register(registry);
  }

  void built(Duration took) {
    builds.record(took);
  }

  /** One thread at a time. */
  void swapped(RoutingTable before, RoutingTable now) {
    swaps.increment();
    now.services()
        .forEach(
            (name, service) -> {
              problems.computeIfAbsent(name, this::gauge);
              log(name, before.services().get(name), service);
            });
    for (var gone : new HashSet<>(before.services().keySet())) {
      if (!now.services().containsKey(gone)) {
        log.infof("%s is not served any more", gone);
        var gauge = problems.remove(gone);
        if (gauge != null) {
          registry.remove(gauge);
        }
      }
    }
  }

  private Gauge gauge(String loadBalancer) {
    return Gauge.builder("thalassa.lb.config.problems", () -> problems(loadBalancer))
        .description("Listeners refused, and 1 while the newest documents cannot be used")
        .tag("load_balancer", loadBalancer)
        .register(registry);
  }

  private int problems(String loadBalancer) {
    var service = table.get().services().get(loadBalancer);
    return service == null ? 0 : service.refused().size() + (service.problem() == null ? 0 : 1);
  }

  private static void log(String name, @Nullable Service before, Service now) {
    if (before == null || !before.revision().equals(now.revision())) {
      log.infof("%s is served by revision %s", name, now.revision());
    }
    var problems = problems(now);
    if (!problems.equals(before == null ? "" : problems(before))) {
      if (problems.isEmpty()) {
        log.infof("%s has no problem any more", name);
      } else {
        log.warnf("%s: %s", name, problems);
      }
    }
  }

  private static String problems(Service service) {
    var refused =
        service.refused().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> "listener " + entry.getKey() + " is refused: " + entry.getValue());
    return Stream.concat(Stream.ofNullable(service.problem()), refused).collect(joining("; "));
  }
}
