package cloud.thalassa.lb.healthchecker.lease;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.healthchecker.assign.Heartbeat;
import cloud.thalassa.lb.healthchecker.assign.Membership;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** Leases {@code healthchecker-<instance>} in the system namespace. */
public final class KubernetesLeases implements Leases {
  private static final String PREFIX = "healthchecker-";
  private static final String COMPONENT_LABEL = Api.GROUP + "/component";
  private static final String COMPONENT = "healthchecker";
  private static final int REQUEST_TIMEOUT_MILLIS = 1000;

  private final KubernetesClient client;
  private final String namespace;
  private final String instance;
  private final InstantSource clock;

  public KubernetesLeases(
      KubernetesClient client, String namespace, String instance, InstantSource clock) {
    this.client =
        client
            .newClient(
                new RequestConfigBuilder()
                    .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .adapt(NamespacedKubernetesClient.class);
    this.namespace = namespace;
    this.instance = instance;
    this.clock = clock;
  }

  /** Name of the Lease of a checker. */
  public static String name(String instance) {
    return PREFIX + instance;
  }

  @Override
  public void renew() {
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name(instance))
            .addToLabels(COMPONENT_LABEL, COMPONENT)
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(instance)
            .withLeaseDurationSeconds((int) Membership.LEASE.toSeconds())
            .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
            .endSpec()
            .build();
    client
        .resource(lease)
        .fieldManager(COMPONENT + "." + Api.GROUP)
        .forceConflicts()
        .serverSideApply();
  }

  @Override
  public List<Heartbeat> list() {
    return client
        .leases()
        .inNamespace(namespace)
        .withLabel(COMPONENT_LABEL, COMPONENT)
        .list()
        .getItems()
        .stream()
        .filter(lease -> lease.getMetadata().getName().startsWith(PREFIX))
        .map(KubernetesLeases::heartbeat)
        .toList();
  }

  @Override
  public void release(String member) {
    client.leases().inNamespace(namespace).withName(name(member)).delete();
  }

  private static Heartbeat heartbeat(Lease lease) {
    var metadata = lease.getMetadata();
    return new Heartbeat(
        metadata.getName().substring(PREFIX.length()),
        metadata.getUid() + "/" + metadata.getResourceVersion());
  }
}
