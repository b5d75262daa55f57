package cloud.thalassa.lb.healthchecker;

import cloud.thalassa.lb.crds.event.Outbox;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** The shell: configuration in, checker up, readiness out. */
@ApplicationScoped
@Readiness
class HealthcheckerApp implements QuarkusApplication, HealthCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,238}[a-z0-9])?");

  private final CheckerConfig config;
  private final Vertx vertx;
  private final MeterRegistry registry;
  private final Instance<KubernetesClient> client;
  private final Outbox events;
  private volatile @Nullable Running running;

  HealthcheckerApp(
      CheckerConfig config,
      Vertx vertx,
      MeterRegistry registry,
      Instance<KubernetesClient> client,
      Outbox events) {
    this.config = config;
    this.vertx = vertx;
    this.registry = registry;
    this.client = client;
    this.events = events;
  }

  @Override
  public int run(String... args) {
    running = start();
    Quarkus.waitForExit();
    return 0;
  }

  @Override
  public HealthCheckResponse call() {
    var now = running;
    return HealthCheckResponse.named("documents").status(now != null && now.synced()).build();
  }

  void stop(@Observes ShutdownEvent end) {
    var now = running;
    if (now != null) {
      now.close();
    }
  }

  private Running start() {
    var instance = config.instance();
    if (!NAME.matcher(instance).matches()) {
      throw new StartupFailure(
          "thalassa.instance '%s' is not a name for a Lease: use lower-case letters, digits, - and ."
              .formatted(instance));
    }
    var meters = new Meters(registry);
    return config
        .directory()
        .map(
            directory ->
                Running.overDirectory(existing(directory), instance, vertx, meters, events))
        .orElseGet(
            () ->
                Running.inCluster(
                    client.get(), config.namespace(), instance, vertx, meters, events));
  }

  private static Path existing(String directory) {
    try {
      var path = Path.of(directory);
      if (Files.isDirectory(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // the sentence below says it
    }
    throw new StartupFailure(
        "thalassa.directory '%s' is not a directory: create it, or name another"
            .formatted(directory));
  }
}
