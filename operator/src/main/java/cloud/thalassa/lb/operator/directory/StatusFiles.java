package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects with their status, as {@code status/<namespace>/<kind>/<name>.yaml}. */
final class StatusFiles {
  private final DocumentFiles files;
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final Map<Identity, CustomResource<?, ?>> written = new HashMap<>();

  /** Reads what an earlier process wrote: times in it move only with their conditions. */
  StatusFiles(DocumentFiles files) {
    this.files = files;
    for (var type :
        List.of(
            LoadBalancer.class,
            Listener.class,
            TargetGroup.class,
            SecurityGroup.class,
            Subnet.class)) {
      files.list(type, (file, e) -> {}).forEach(object -> written.put(identity(object), object));
    }
  }

  /** The status that is in the file now. */
  <S> @Nullable S previous(Class<S> type, Identity identity) {
    var object = written.get(identity);
    return object != null && type.isInstance(object.getStatus())
        ? type.cast(object.getStatus())
        : null;
  }

  /** {@code object} stays as it is: the status is written to a copy. */
  <S> void write(CustomResource<?, S> object, @Nullable S status, Instant now) throws IOException {
    var copy = serialization.clone(object);
    copy.getMetadata().setCreationTimestamp(firstSeen(identity(object), now));
    copy.setStatus(status);
    files.write(copy);
    written.put(identity(object), copy);
  }

  /** The object's own creation time is made up, to stand for an order. */
  private String firstSeen(Identity identity, Instant now) {
    var before = written.get(identity);
    var seen = before == null ? null : before.getMetadata().getCreationTimestamp();
    return seen == null ? now.truncatedTo(ChronoUnit.SECONDS).toString() : seen;
  }

  /** Deletes the files of objects that are not among these. */
  void retain(Collection<Identity> identities) throws IOException {
    for (var identity : new HashSet<>(written.keySet())) {
      if (!identities.contains(identity)) {
        files.delete(identity.kind(), identity.namespace(), identity.name());
        written.remove(identity);
      }
    }
  }

  private static Identity identity(CustomResource<?, ?> object) {
    var ref = Ref.of(object);
    return new Identity(object.getKind(), ref.namespace(), ref.name());
  }
}
