package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.event.UsageBook;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.dataplane.Settings.Mode;
import cloud.thalassa.lb.dataplane.drain.Farewell;
import cloud.thalassa.lb.dataplane.follow.DirectorySource;
import cloud.thalassa.lb.dataplane.follow.DocumentCache;
import cloud.thalassa.lb.dataplane.follow.KubernetesSource;
import cloud.thalassa.lb.dataplane.report.DirectoryReports;
import cloud.thalassa.lb.dataplane.report.Identity;
import cloud.thalassa.lb.dataplane.report.KubernetesReports;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;

/** The shell: configuration in, dataplane up, readiness out, drain at the end. */
@ApplicationScoped
@org.eclipse.microprofile.health.Readiness
class DataplaneApp implements QuarkusApplication, HealthCheck {
  private final DataplaneConfig config;
  private final Vertx vertx;
  private final MeterRegistry registry;
  private final Instance<KubernetesClient> client;
  private volatile @Nullable Dataplane dataplane;
  private volatile Duration drainDeadline = Duration.ZERO;
  private volatile Farewell farewell = Farewell.NONE;

  DataplaneApp(
      DataplaneConfig config,
      Vertx vertx,
      MeterRegistry registry,
      Instance<KubernetesClient> client) {
    this.config = config;
    this.vertx = vertx;
    this.registry = registry;
    this.client = client;
  }

  @Override
  public int run(String... args) {
    var settings = Settings.of(config);
    drainDeadline = settings.drainDeadline();
    farewell = settings.mode().farewell();
    var started = dataplane(settings);
    dataplane = started;
    try {
      started.start();
    } catch (UncheckedIOException e) {
      throw new StartupFailure(String.valueOf(e.getMessage()));
    }
    Quarkus.waitForExit();
    return 0;
  }

  @Override
  public HealthCheckResponse call() {
    var now = dataplane;
    var response = HealthCheckResponse.named("listeners");
    if (now == null) {
      return response.down().build();
    }
    var readiness = now.readiness();
    readiness.details().forEach(response::withData);
    return response.status(readiness.up()).build();
  }

  /** What health checkers ask twice a second: no worker thread, no body. */
  void serving(@Observes Router router) {
    router
        .get(Api.SERVING_PATH)
        .handler(
            asked -> {
              var now = dataplane;
              var up = now != null && now.readiness().up();
              var _ = asked.response().setStatusCode(up ? 200 : 503).end();
            });
  }

  void answering(@Observes Router router) {
    router.get(Question.PATH).blockingHandler(asked -> Answers.explain(asked, dataplane), false);
    router.get(UsageBook.PATH).blockingHandler(asked -> Answers.usage(asked, dataplane), false);
  }

  /** The first of the events of an end: while it is observed everything else still works. */
  void end(@Observes ShutdownDelayInitiatedEvent end) {
    var now = dataplane;
    if (now != null) {
      now.end(farewell, drainDeadline);
    }
  }

  private Dataplane dataplane(Settings settings) {
    return switch (settings.mode()) {
      case Mode.Directory directory -> {
        var files = new DocumentFiles(directory.path().resolve("compiled"));
        yield new Dataplane(
            null,
            new DirectorySource(files),
            new DirectoryReports(files),
            Identity.OF_A_DIRECTORY,
            settings.engine(),
            settings.flowLog().open(registry),
            vertx,
            registry);
      }
      case Mode.Cluster cluster -> {
        var cache = cluster.cache() == null ? null : new DocumentCache(cluster.cache());
        yield new Dataplane(
            cluster.namespace() + "/" + cluster.name(),
            new KubernetesSource(
                client::get, cluster.namespace(), cluster.name(), cache, Ahead.documents()),
            new KubernetesReports(client::get),
            new Identity(cluster.pod(), cluster.podUid()),
            settings.engine(),
            settings.flowLog().open(registry),
            vertx,
            registry);
      }
    };
  }
}
