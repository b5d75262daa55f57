package cloud.thalassa.lb.operator;

import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.operator.OperatorConfig.Connector;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/** The way of events to the broker, if there is one. */
@Dependent
class EventsOut {
  private static final Logger log = Logger.getLogger(EventsOut.class);

  /** Some 10 MB. */
  private static final int MOST_WAITING = 20_000;

  private final Emitter<String> emitter;

  EventsOut(@Channel("events") Emitter<String> emitter) {
    this.emitter = emitter;
  }

  /**
   * @param broker asked for where there is one only: a channel that is not enabled has no emitter
   */
  @Produces
  @Singleton
  static Outbox outbox(OperatorConfig config, Instance<EventsOut> broker, MeterRegistry meters) {
    if (config.events().connector() == Connector.NONE) {
      return metered(Outbox.OFF, meters);
    }
    var emitter = broker.get().emitter;
    var clock = InstantSource.system();
    return metered(
            new Outbox(
                config.instance() + "-" + clock.millis(),
                MOST_WAITING,
                event -> emitter.send(event),
                clock,
                failure -> log.warnf("Events wait, the broker takes none: %s", failure)),
            meters)
        .start();
  }

  static void close(@Disposes Outbox outbox) {
    outbox.close();
  }

  private static Outbox metered(Outbox outbox, MeterRegistry meters) {
    Gauge.builder("thalassa.lb.events.waiting", outbox, Outbox::waiting)
        .description("Events that the broker has not yet")
        .register(meters);
    FunctionCounter.builder("thalassa.lb.events.published", outbox, Outbox::published)
        .description("Events that the broker has")
        .register(meters);
    FunctionCounter.builder("thalassa.lb.events.dropped", outbox, Outbox::dropped)
        .description("Events that nobody is told, for want of room")
        .register(meters);
    return outbox;
  }
}
