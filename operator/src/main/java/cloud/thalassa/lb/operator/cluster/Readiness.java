package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.OperatorConfig;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready: could lead at once. An API server that is away later changes nothing about it. */
@Singleton
@org.eclipse.microprofile.health.Readiness
class Readiness implements HealthCheck {
  private final OperatorConfig config;
  private final ClusterMode mode;

  Readiness(OperatorConfig config, ClusterMode mode) {
    this.config = config;
    this.mode = mode;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("cluster-seen")
        .status(config.directory().isPresent() || mode.synced())
        .build();
  }
}
