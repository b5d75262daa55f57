package cloud.thalassa.lb.api.history;

import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.tenant.Unavailable;
import cloud.thalassa.lb.api.translate.Notes;
import cloud.thalassa.lb.crds.event.Event;
import cloud.thalassa.lb.crds.event.Told;
import io.fabric8.kubernetes.api.model.Namespace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes events from the broker, which has each until it is written here. While the database is away
 * none is taken.
 */
@ApplicationScoped
class Intake {
  private static final Logger log = Logger.getLogger(Intake.class);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ObjectStore objects;
  private final HistoryWriter writer;
  private final Counter stored;
  private final Counter repeated;
  private final Counter refused;

  Intake(ObjectStore objects, HistoryWriter writer, MeterRegistry meters) {
    this.objects = objects;
    this.writer = writer;
    this.stored = counter(meters, "stored", "Events that are in the history");
    this.repeated = counter(meters, "repeated", "Events that were in the history already");
    this.refused = counter(meters, "refused", "Messages that are no events of an organisation");
  }

  private static Counter counter(MeterRegistry meters, String name, String description) {
    return Counter.builder("thalassa.lb.api.events." + name)
        .description(description)
        .register(meters);
  }

  void start(@Observes StartupEvent event) {} // the meters are there from the start

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  @Incoming("events")
  @Blocking
  void take(String json) throws InterruptedException {
    try {
      var told = Told.parse(json);
      untilSynced();
      var organisation = organisation(told.event());
      if (organisation.isPresent()) {
        write(organisation.get(), told);
      } else {
        refused.increment();
      }
    } catch (IllegalArgumentException | DateTimeException | SQLException e) {
      refused.increment();
      log.warnf("A message is not kept: %s", e.getMessage());
    }
  }

  private void write(String organisation, Told told) throws SQLException, InterruptedException {
    for (boolean failed = false; ; failed = true) {
      try {
        (writer.write(organisation, told) ? stored : repeated).increment();
        return;
      } catch (SQLException e) {
        if (!Unavailable.passes(e)) {
          throw e;
        }
        if (!failed) {
          log.warnf("Events wait, the database does not take them: %s", e.getMessage());
        }
        pause();
      }
    }
  }

  /** Whose the namespace of the load balancer is. */
  private Optional<String> organisation(Event event) {
    var namespace = event.loadBalancer().replaceFirst("/.*", "");
    return objects.all(Namespace.class).stream()
        .filter(it -> it.getMetadata().getName().equals(namespace))
        .map(it -> it.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(Notes.ORGANISATION)).stream())
        .findFirst();
  }

  private void untilSynced() throws InterruptedException {
    while (!objects.synced()) {
      pause();
    }
  }

  /** What is not taken by then, the broker gives to the next. */
  private void pause() throws InterruptedException {
    if (stopping.await(1, TimeUnit.SECONDS)) {
      throw new IllegalStateException("stopping");
    }
  }
}
