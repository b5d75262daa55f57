package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.operator.Again;
import cloud.thalassa.lb.operator.compile.Grant;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The Gateway API's ReferenceGrants, of which a cluster without that API has none. The API may come
 * later: we look again every minute.
 */
final class ReferenceGrants {
  private static final Logger log = Logger.getLogger(ReferenceGrants.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final Consumer<String> changedIn;
  private final Informers informers;
  private volatile @Nullable Watched<ReferenceGrant> grants;
  private volatile boolean looked;
  private volatile @Nullable Again looking;

  /**
   * @param changedIn is told the namespace whose grants changed
   */
  ReferenceGrants(KubernetesClient client, Consumer<String> changedIn) {
    this.client = client;
    this.changedIn = changedIn;
    this.informers = new Informers(client);
  }

  void start() {
    looking = Again.start("to look for ReferenceGrants", this::look);
  }

  void stop() {
    var search = looking;
    if (search != null) {
      search.close();
    }
    informers.stop();
  }

  /** Whether it is known that there are none, or all of them are known. */
  boolean synced() {
    return looked && informers.synced();
  }

  List<Grant> in(String namespace) {
    var known = grants;
    return known == null
        ? List.of()
        : known.in(namespace).stream()
            .filter(grant -> grant.getSpec() != null)
            .map(Grant::of)
            .toList();
  }

  private @Nullable Duration look() {
    if (!present()) {
      return looked ? LOOK_AGAIN : RETRY;
    }
    var found = informers.all(ReferenceGrant.class);
    found.onChange((before, now) -> changedIn.accept(namespace(before, now)));
    grants = found;
    informers.start();
    looked = true;
    return null;
  }

  private boolean present() {
    try {
      var present = client.supports(ReferenceGrant.class);
      if (!present && !looked) {
        log.info("The cluster has no ReferenceGrants: references stay within their namespaces");
        looked = true;
      }
      return present;
    } catch (KubernetesClientException e) {
      log.debugf(e, "Cannot see whether the cluster has ReferenceGrants");
      return false;
    }
  }

  private static String namespace(@Nullable ReferenceGrant before, @Nullable ReferenceGrant now) {
    var any = now == null ? before : now;
    return any == null ? "" : any.getMetadata().getNamespace();
  }
}
