package cloud.thalassa.lb.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkiverse.operatorsdk.runtime.config.OverriddenConfigurationService;
import java.util.concurrent.Executors;

/**
 * The framework's configuration for one term: a virtual thread for each reconciliation, so that any
 * number can wait for its turn, which ends with the term.
 */
final class TermConfiguration extends OverriddenConfigurationService {
  /** Reconcilers only read the object that they are given. */
  private static final Cloner SAME =
      new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R object) {
          return object;
        }
      };

  private final ConfigurationService own;

  private TermConfiguration(QuarkusConfigurationService shared, ConfigurationService own) {
    super(shared, own);
    this.own = own;
  }

  static TermConfiguration of(QuarkusConfigurationService shared) {
    return new TermConfiguration(
        shared,
        ConfigurationService.newOverriddenConfigurationService(
            shared,
            changes ->
                changes
                    .withKubernetesClient(shared.getKubernetesClient())
                    .withCloseClientOnStop(false) // the Lease is given away over it, or won again
                    .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                    .withResourceCloner(SAME)));
  }

  // The superclass leaves these two to the defaults of its interface.

  @Override
  public KubernetesClient getKubernetesClient() {
    return own.getKubernetesClient();
  }

  @Override
  public Cloner getResourceCloner() {
    return own.getResourceCloner();
  }
}
