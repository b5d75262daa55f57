package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.history.History;
import cloud.thalassa.lb.api.history.Pulse;
import cloud.thalassa.lb.api.tenant.Organisation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.ClientErrorException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The streams that are open, so many of an organisation. Each has a thread, which costs little. */
@ApplicationScoped
class EventStreams {
  private final Map<String, Integer> open = new ConcurrentHashMap<>();
  private final History history;
  private final Pulse pulse;
  private final Worlds worlds;
  private final ApiConfig.Events config;
  private final Counter cut;
  private volatile boolean stopping;

  EventStreams(
      History history, Pulse pulse, Worlds worlds, ApiConfig config, MeterRegistry meters) {
    this.history = history;
    this.pulse = pulse;
    this.worlds = worlds;
    this.config = config.events();
    this.cut =
        Counter.builder("thalassa.lb.api.event.streams.cut")
            .description("Streams of events that ended because nobody took them")
            .register(meters);
    Gauge.builder("thalassa.lb.api.event.streams", this, EventStreams::count)
        .description("Streams of events that are open")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {} // the meters are there from the start

  void leave(@Observes ShutdownDelayInitiatedEvent event) {
    stop();
  }

  void stop(@Observes ShutdownEvent event) {
    stop();
  }

  boolean isStopping() {
    return stopping;
  }

  private int count() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Returns when the stream has begun.
   *
   * @param known the event after which it begins; null: the newest
   * @throws cloud.thalassa.lb.api.tenant.Unavailable the database does not answer
   */
  void open(Organisation organisation, String id, @Nullable Long known, Client client) {
    var newest = history.last();
    long after = known == null ? newest : Math.min(known, newest);
    var stream =
        new EventStream(
            organisation,
            id,
            after,
            client,
            history,
            pulse,
            worlds,
            config.patience(),
            cut::increment);
    if (open.merge(organisation.identity(), 1, Integer::sum) > config.streams()) {
      closed(organisation);
      throw new ClientErrorException(
          "the organisation has %d streams open, as many as it may: close one"
              .formatted(config.streams()),
          429);
    }
    if (begins(client, after)) {
      Thread.ofVirtual().name("stream").start(() -> follow(organisation, stream));
    } else {
      closed(organisation);
    }
  }

  /** Before the framework does, who would otherwise write the head a second time. */
  private boolean begins(Client client, long after) {
    try {
      client.comment("after " + after, config.patience());
      return true;
    } catch (Client.Lost e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void follow(Organisation organisation, EventStream stream) {
    pulse.join();
    try {
      stream.follow(this::isStopping);
    } finally {
      pulse.leave();
      closed(organisation);
    }
  }

  private void closed(Organisation organisation) {
    open.computeIfPresent(organisation.identity(), (_, count) -> count == 1 ? null : count - 1);
  }

  private void stop() {
    stopping = true;
    pulse.beat();
  }
}
