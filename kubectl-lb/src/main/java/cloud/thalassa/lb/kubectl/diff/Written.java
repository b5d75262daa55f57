package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote, and would write to a cluster.
 *
 * @param manifests the valid objects
 * @param findings what is wrong with the others
 * @param now those that are new come after all that there are
 */
public record Written(Map<Identity, Manifest> manifests, List<Finding> findings, Instant now) {

  /** The objects as they would be then: what is not written stays as it is. */
  Collection<HasMetadata> over(Collection<HasMetadata> present) {
    var all = new LinkedHashMap<Identity, HasMetadata>();
    present.forEach(it -> all.put(identity(it), it));
    long age = 0;
    for (var manifest : manifests.values()) {
      var before = all.get(manifest.identity());
      all.put(manifest.identity(), born(manifest.object(), before, now.plusSeconds(age++)));
    }
    return new ArrayList<>(all.values());
  }

  /** Where an object is written; null: nowhere. */
  @Nullable String place(Identity identity) {
    var manifest = manifests.get(identity);
    return manifest == null
        ? null
        : manifest.file() + ":" + manifest.finding("metadata.name", "").position().line();
  }

  public static Identity identity(HasMetadata object) {
    var metadata = object.getMetadata();
    return new Identity(
        object.getKind(),
        metadata.getNamespace() == null ? "" : metadata.getNamespace(),
        metadata.getName());
  }

  /** With what the cluster gives to it. */
  private static HasMetadata born(HasMetadata object, @Nullable HasMetadata before, Instant now) {
    var metadata = object.getMetadata();
    if (before == null) {
      metadata.setCreationTimestamp(now.toString());
      return object;
    }
    metadata.setCreationTimestamp(before.getMetadata().getCreationTimestamp());
    metadata.setUid(before.getMetadata().getUid());
    if (object instanceof LoadBalancer balancer && before instanceof LoadBalancer known) {
      balancer.setStatus(known.getStatus());
    }
    return object;
  }
}
