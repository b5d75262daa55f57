package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.operator.Again;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Kinds that a cluster need not have, and may get later: until it has all of them we look again and
 * again. Then they are watched for good.
 */
final class LateKinds {
  private static final Logger log = Logger.getLogger(LateKinds.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final List<Class<? extends HasMetadata>> kinds;
  private final String without;
  private final Consumer<Informers> follow;
  private final Informers informers;
  private volatile boolean found;
  private volatile boolean looked;
  private volatile @Nullable Again looking;

  /**
   * @param without what a cluster that lacks one of them has to do without, as a sentence
   * @param follow adds the informers that are started once all are there
   */
  LateKinds(
      KubernetesClient client,
      List<Class<? extends HasMetadata>> kinds,
      String without,
      Consumer<Informers> follow) {
    this.client = client;
    this.kinds = kinds;
    this.without = without;
    this.follow = follow;
    this.informers = new Informers(client);
  }

  void start() {
    looking = Again.start("to look for kinds of the Gateway API", this::look);
  }

  void stop() {
    var search = looking;
    if (search != null) {
      search.close();
    }
    informers.stop();
  }

  /** Whether it is known that the cluster lacks them, or all of their objects are known. */
  boolean synced() {
    return looked && informers.synced();
  }

  /** Whether they are there, and all of their objects are known. */
  boolean present() {
    return found && informers.synced();
  }

  private @Nullable Duration look() {
    if (!present(kinds)) {
      return looked ? LOOK_AGAIN : RETRY;
    }
    follow.accept(informers);
    informers.start();
    found = true;
    looked = true;
    return null;
  }

  private boolean present(List<Class<? extends HasMetadata>> kinds) {
    try {
      var present = kinds.stream().allMatch(kind -> client.supports(kind));
      if (!present && !looked) {
        log.info(without);
        looked = true;
      }
      return present;
    } catch (KubernetesClientException e) {
      log.debugf(e, "Cannot see which kinds the cluster has");
      return false;
    }
  }
}
