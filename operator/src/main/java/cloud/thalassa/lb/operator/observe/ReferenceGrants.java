package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.operator.compile.Grant;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Gateway API's ReferenceGrants, of which a cluster without that API has none. */
final class ReferenceGrants {
  private final LateKinds kinds;
  private final Consumer<String> changedIn;
  private volatile @Nullable Watched<ReferenceGrant> grants;

  /**
   * @param changedIn is told the namespace whose grants changed
   */
  ReferenceGrants(KubernetesClient client, Consumer<String> changedIn) {
    this.changedIn = changedIn;
    this.kinds =
        new LateKinds(
            client,
            List.of(ReferenceGrant.class),
            "The cluster has no ReferenceGrants: references stay within their namespaces",
            this::follow);
  }

  void start() {
    kinds.start();
  }

  void stop() {
    kinds.stop();
  }

  /** Whether it is known that there are none, or all of them are known. */
  boolean synced() {
    return kinds.synced();
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

  private void follow(Informers informers) {
    grants =
        informers
            .all(ReferenceGrant.class)
            .onChange((before, now) -> changedIn.accept(namespace(before, now)));
  }

  private static String namespace(@Nullable ReferenceGrant before, @Nullable ReferenceGrant now) {
    var any = now == null ? before : now;
    return any == null ? "" : any.getMetadata().getNamespace();
  }
}
