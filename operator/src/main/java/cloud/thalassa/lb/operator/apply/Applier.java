package cloud.thalassa.lb.operator.apply;

import cloud.thalassa.lb.crds.Api;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what differs, by server-side apply with one field manager. It blocks until the API server
 * has answered; its exceptions are those of the client.
 */
public final class Applier {
  /** On everything we write: changes with what we wrote, also when that became less. */
  private static final String FINGERPRINT = Api.GROUP + "/applied";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Api.OPERATOR)
          .withForce(true)
          .build();

  private static final PatchContext REPLACE_LISTS =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(Api.OPERATOR)
          .build();

  private static final PatchContext REPLACE = PatchContext.of(PatchType.JSON);

  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final KubernetesSerialization json;
  private final OwnWrites writes;

  public Applier(KubernetesClient client, OwnWrites writes) {
    this.client = client;
    this.json = client.getKubernetesSerialization();
    this.writes = writes;
  }

  /**
   * Makes {@code desired} so, as a child of {@code owner}.
   *
   * @param cached what is known of it; null: it does not exist
   * @return the object as it is now, which a cache may show only later
   */
  public HasMetadata apply(HasMetadata owner, HasMetadata desired, @Nullable HasMetadata cached) {
    desired.getMetadata().setOwnerReferences(List.of(ownership(owner)));
    return apply(desired, cached);
  }

  /** The same with the owners that {@code desired} names itself. */
  public HasMetadata apply(HasMetadata desired, @Nullable HasMetadata cached) {
    var fingerprint = Fingerprint.of(desired);
    annotate(desired, fingerprint);
    var current = writes.newest(desired, cached);
    if (current != null && holds(desired, fingerprint, current)) {
      return current;
    }
    var answer = write(desired, current != null);
    writes.record(answer);
    return answer;
  }

  /**
   * Writes an object that exists, unless somebody wrote it after it was seen: then it is a
   * conflict, and nothing changes.
   */
  public void amend(HasMetadata owner, HasMetadata desired, HasMetadata seen) {
    desired.getMetadata().setOwnerReferences(List.of(ownership(owner)));
    annotate(desired, Fingerprint.of(desired));
    desired.getMetadata().setResourceVersion(seen.getMetadata().getResourceVersion());
    writes.record(client.resource(desired).patch(APPLY));
  }

  private boolean holds(HasMetadata desired, String fingerprint, HasMetadata current) {
    if (writes.settled().holds(fingerprint, current)) {
      return true;
    }
    var alike = Likeness.of(desired.getKind()).holds(tree(desired), tree(current));
    if (alike) {
      writes.settled().found(fingerprint, current);
    }
    return alike;
  }

  /**
   * Server-side apply merges lists by key. Where somebody has changed the key of an entry (the port
   * of a Service's port), ours comes beside it and both have one name, which is invalid: then the
   * lists are replaced first.
   */
  private HasMetadata write(HasMetadata desired, boolean exists) {
    try {
      return client.resource(desired).patch(APPLY);
    } catch (KubernetesClientException e) {
      if (e.getCode() != UNPROCESSABLE || !exists) {
        throw e;
      }
      client.resource(desired).patch(REPLACE_LISTS);
      return client.resource(desired).patch(APPLY);
    }
  }

  /**
   * Writes the status of a Service whose address we give.
   *
   * @param subject a new object with nothing but its name, namespace and status
   * @return the Service as it is now
   */
  public Service status(Service subject) {
    var answer = client.resource(subject).subresource("status").patch(APPLY);
    writes.record(answer);
    return answer;
  }

  /** Deletes an object that is no longer wanted, as far as it still is the one we know. */
  public void delete(HasMetadata object) {
    client.resource(object).delete();
    writes.forget(object);
  }

  /**
   * Writes the status of a user's object. What somebody else has written into it, apply would leave
   * there: then all of it is replaced.
   *
   * @param subject a new object with nothing but its name, namespace and status
   */
  public <T extends CustomResource<?, ?>> void status(T subject) {
    try {
      var answer = client.resource(subject).subresource("status").patch(APPLY);
      var alone = Objects.equals(answer.getStatus(), subject.getStatus());
      writes.record(alone ? answer : replaceStatus(subject));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      // deleted meanwhile: nobody reads its status any more
    }
  }

  private <T extends CustomResource<?, ?>> T replaceStatus(T subject) {
    var patch =
        "[{\"op\": \"replace\", \"path\": \"/status\", \"value\": %s}]"
            .formatted(json.asJson(subject.getStatus()));
    return client.resource(subject).subresource("status").patch(REPLACE, patch);
  }

  /** What is known of a user's object: as in the cache, or newer, from the answer to a write. */
  @SuppressWarnings("unchecked") // the object and its newer state are of one kind
  public <T extends HasMetadata> T newest(T cached) {
    var newest = writes.newest(cached, cached);
    return newest == null ? cached : (T) newest;
  }

  private static OwnerReference ownership(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .build();
  }

  private static void annotate(HasMetadata desired, String fingerprint) {
    var annotations = new TreeMap<String, String>();
    if (desired.getMetadata().getAnnotations() != null) {
      annotations.putAll(desired.getMetadata().getAnnotations());
    }
    annotations.put(FINGERPRINT, fingerprint);
    desired.getMetadata().setAnnotations(annotations);
  }

  private JsonNode tree(HasMetadata object) {
    return json.convertValue(object, JsonNode.class);
  }
}
