package cloud.thalassa.lb.dataplane.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is counted of one pool. */
public final class PoolMeters {
  private final Counter selections;
  private final Counter connectFailures;
  private final Counter avoided;
  private final Timer connect;

  PoolMeters(MeterRegistry registry, String loadBalancer, String pool) {
    var tags = Tags.of("load_balancer", loadBalancer, "target_group", pool);
    selections =
        Counter.builder("thalassa.lb.selections")
            .description("Targets chosen for a connection or flow, further tries included")
            .tags(tags)
            .register(registry);
    connectFailures =
        Counter.builder("thalassa.lb.connect.failures")
            .description("Targets that could not be connected, or answered port unreachable")
            .tags(tags)
            .register(registry);
    avoided =
        Counter.builder("thalassa.lb.targets.avoided")
            .description("Times that a target was left alone for a while because it failed")
            .tags(tags)
            .register(registry);
    connect =
        Timer.builder("thalassa.lb.connect")
            .description("Time to connect a target")
            .tags(tags)
            .serviceLevelObjectives(
                Duration.ofNanos(250_000),
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3))
            .register(registry);
  }

  public void selected() {
    selections.increment();
  }

  public void connected(long nanos) {
    connect.record(nanos, TimeUnit.NANOSECONDS);
  }

  public void connectFailed() {
    connectFailures.increment();
  }

  /** A target is left alone for a while from now on. */
  public void avoided() {
    avoided.increment();
  }

  void removeFrom(MeterRegistry registry) {
    registry.remove(selections);
    registry.remove(connectFailures);
    registry.remove(avoided);
    registry.remove(connect);
  }
}
