package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.Again;
import cloud.thalassa.lb.operator.Mode;
import cloud.thalassa.lb.operator.OperatorConfig;
import cloud.thalassa.lb.operator.StartupException;
import cloud.thalassa.lb.operator.observe.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Works on the cluster that the client is configured for. Survives its absence. */
@Singleton
class ClusterMode implements Mode {
  private static final Logger log = Logger.getLogger(ClusterMode.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final OperatorConfig config;
  private final MeterRegistry meters;
  private final Instance<KubernetesClient> client;
  private final Instance<Cluster> cluster;
  private final Instance<QuarkusConfigurationService> configuration;
  private final Instance<Reconciler<? extends HasMetadata>> reconcilers;
  private final Instance<Turns> turns;
  private final Instance<Understudy> understudy;
  private @Nullable Leadership leadership;
  private volatile @Nullable Again starter;

  ClusterMode(
      OperatorConfig config,
      MeterRegistry meters,
      Instance<KubernetesClient> client,
      Instance<Cluster> cluster,
      Instance<QuarkusConfigurationService> configuration,
      Instance<Reconciler<? extends HasMetadata>> reconcilers,
      Instance<Turns> turns,
      Instance<Understudy> understudy) {
    this.config = config;
    this.meters = meters;
    this.client = client;
    this.cluster = cluster;
    this.configuration = configuration;
    this.reconcilers = reconcilers;
    this.turns = turns;
    this.understudy = understudy;
  }

  @Override
  public boolean fits(OperatorConfig config) {
    return config.directory().isEmpty();
  }

  @Override
  public void start() {
    if (config.dataplane().image().isEmpty()) {
      throw new StartupException(
          "THALASSA_DATAPLANE_IMAGE is not set: it must name the image of the dataplane pods, such"
              + " as localhost/thalassa-lb/dataplane:0.1.0");
    }
    PlatformPod.parse(config.dataplane().pod());
    var term = new Term(meters, configuration.get(), reconcilers, turns.get(), cluster.get());
    // A container that starts again in its pod has its Lease back at once, because it is process 1
    // again; two processes of one machine are two candidates.
    var identity = config.instance() + "-" + ProcessHandle.current().pid();
    leadership = new Leadership(client.get(), config.namespace(), identity, term::begin, term::end);
    log.infof("Working on %s", client.get().getMasterUrl());
    understudy.get().start();
    cluster.get().start();
    starter = Again.start("to see everything once", this::standWhenSynced);
  }

  @Override
  public void stop() {
    var starting = starter;
    if (starting != null) {
      starting.close();
    }
    if (leadership != null) {
      leadership.stop();
    }
    understudy.get().close();
    cluster.get().stop();
  }

  /**
   * Everything was seen once. Whoever asks before the start must not make the client: one that is
   * made while a request is served ends with the HTTP server, before the Lease is given away.
   */
  boolean synced() {
    return starter != null && cluster.get().synced();
  }

  /** A decision without all of the facts would delete what it does not know of. */
  private @Nullable Duration standWhenSynced() {
    if (!cluster.get().synced()) {
      return LOOK_AGAIN;
    }
    log.info("Everything was seen once");
    var candidacy = leadership;
    if (candidacy != null) {
      candidacy.start();
    }
    return null;
  }
}
