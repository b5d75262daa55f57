package cloud.thalassa.lb.operator.apply;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.operator.allocate.Claims;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Takes addresses and gives them back. Whoever creates the claim has the address: the API server
 * makes sure that it is one alone, whoever else tries.
 */
public final class ClaimWriter {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final OwnWrites writes;

  public ClaimWriter(KubernetesClient client, OwnWrites writes) {
    this.client = client;
    this.writes = writes;
  }

  /** Returns false when somebody else was faster. */
  public boolean create(AddressClaim claim) {
    return unlessOvertaken(() -> writes.record(client.resource(claim).create()));
  }

  /** Writes a claim as it became, unless somebody changed or deleted it meanwhile. */
  public boolean adopt(AddressClaim claim) {
    return unlessOvertaken(() -> writes.record(client.resource(claim).update()));
  }

  /**
   * Deletes a claim, or leaves the reservation that it is, unless somebody changed it meanwhile: it
   * may be somebody's by now.
   */
  public boolean release(AddressClaim claim) {
    var left = Claims.released(claim);
    if (left.isPresent()) {
      return adopt(left.get());
    }
    return unlessOvertaken(
        () -> {
          client.resource(claim).lockResourceVersion().delete();
          writes.forget(claim);
        });
  }

  /** The Service of this name as it is now; null: there is none. Needs the right to list alone. */
  public @Nullable Service service(String namespace, String name) {
    var found =
        client.services().inNamespace(namespace).withField("metadata.name", name).list().getItems();
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Lets a Service serve no address any more, whoever owns what is in its status. */
  public void clear(Service service) {
    unlessOvertaken(
        () ->
            client
                .resource(service)
                .subresource("status")
                .patch(MERGE, "{\"status\": {\"loadBalancer\": {\"ingress\": null}}}"));
  }

  /** The newer one of what a cache holds and what was written; null: there is none. */
  public @Nullable AddressClaim newest(AddressClaim claim, @Nullable AddressClaim cached) {
    return (AddressClaim) writes.newest(claim, cached);
  }

  private static boolean unlessOvertaken(Runnable write) {
    try {
      write.run();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
