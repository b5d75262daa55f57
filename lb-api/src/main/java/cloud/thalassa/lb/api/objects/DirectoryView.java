package cloud.thalassa.lb.api.objects;

import static java.util.stream.Collectors.groupingBy;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.InService;
import cloud.thalassa.lb.crds.manifest.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a directory said at one moment.
 *
 * @param manifests the objects that people and we wrote
 * @param objects the same as an API server would show them, by kind
 */
record DirectoryView(InService manifests, Map<String, List<HasMetadata>> objects) {
  /** Of objects that name none. */
  static final String HOME = "default";

  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  static final DirectoryView NOTHING = new DirectoryView(InService.NOTHING, Map.of());

  /**
   * Joins what belongs together.
   *
   * @param statuses the objects as the operator wrote them with their status; of those whose newest
   *     version is not valid, the one in service
   * @param known objects whose last valid version the manifests would still have
   * @param unreadable whether some file may hold objects that nobody can read
   * @param ownerLabels of all namespaces that do not say otherwise
   */
  static DirectoryView of(
      InService manifests,
      List<CustomResource<?, ?>> statuses,
      List<AddressClaim> claims,
      Set<Identity> known,
      boolean unreadable,
      Map<String, String> ownerLabels) {
    var written = new HashMap<Identity, CustomResource<?, ?>>();
    statuses.forEach(it -> written.put(identity(it), it));
    var all = new ArrayList<HasMetadata>(claims);
    manifests
        .manifests()
        .forEach((identity, manifest) -> all.add(joined(manifest, written.remove(identity))));
    written.forEach(
        (identity, lastValid) -> {
          if (!known.contains(identity)
              && lastValid.getSpec() != null
              && (unreadable || manifests.refused().containsKey(identity))) {
            all.add(lastValid);
          }
        });
    all.removeIf(Namespace.class::isInstance);
    all.addAll(namespaces(manifests, ownerLabels));
    all.forEach(DirectoryView::identify);
    return new DirectoryView(
        manifests, Map.copyOf(all.stream().collect(groupingBy(it -> it.getKind()))));
  }

  static Identity identity(HasMetadata object) {
    var metadata = object.getMetadata();
    var namespace = metadata.getNamespace();
    return new Identity(object.getKind(), namespace == null ? "" : namespace, metadata.getName());
  }

  @Nullable HasMetadata find(Identity identity) {
    return of(identity.kind()).stream()
        .filter(it -> identity(it).equals(identity))
        .findFirst()
        .orElse(null);
  }

  List<HasMetadata> of(String kind) {
    return objects.getOrDefault(kind, List.of());
  }

  /** The manifest with the status; views of earlier moments keep theirs. */
  private static HasMetadata joined(Manifest manifest, @Nullable CustomResource<?, ?> status) {
    var object = manifest.object();
    if (status == null || !(object instanceof CustomResource<?, ?> ours)) {
      return object;
    }
    var seen = status.getMetadata().getCreationTimestamp();
    var own = ours.getMetadata().getCreationTimestamp();
    put(status, ours.getSpec());
    status.setMetadata(
        new ObjectMetaBuilder(ours.getMetadata())
            .withCreationTimestamp(own == null ? seen : own)
            .build());
    return status;
  }

  @SuppressWarnings("unchecked") // both are of one kind
  private static <S> void put(CustomResource<S, ?> object, @Nullable Object spec) {
    object.setSpec((S) spec);
  }

  /** Without one of its own it has that of its name, which survives whatever is done to it. */
  private static void identify(HasMetadata object) {
    if (object.getMetadata().getUid() == null) {
      var name = identity(object).toString().getBytes(StandardCharsets.UTF_8);
      object.getMetadata().setUid(UUID.nameUUIDFromBytes(name).toString());
    }
  }

  /** Those that have a manifest, and those that objects are in. */
  private static List<Namespace> namespaces(InService manifests, Map<String, String> ownerLabels) {
    var namespaces = new TreeMap<String, Namespace>();
    namespaces.put(HOME, namespace(HOME));
    manifests
        .manifests()
        .forEach(
            (identity, manifest) -> {
              if (manifest.object() instanceof Namespace written) {
                namespaces.put(identity.name(), copy(written));
              } else if (!identity.namespace().isEmpty()) {
                namespaces.computeIfAbsent(identity.namespace(), DirectoryView::namespace);
              }
            });
    namespaces.forEach(
        (name, namespace) -> {
          var labels = new TreeMap<>(ownerLabels);
          if (namespace.getMetadata().getLabels() != null) {
            labels.putAll(namespace.getMetadata().getLabels());
          }
          labels.put(NAME_LABEL, name);
          namespace.getMetadata().setLabels(labels);
        });
    return List.copyOf(namespaces.values());
  }

  private static Namespace namespace(String name) {
    var namespace = new Namespace();
    namespace.setMetadata(new ObjectMetaBuilder().withName(name).build());
    return namespace;
  }

  private static Namespace copy(Namespace written) {
    var namespace = new Namespace();
    namespace.setMetadata(new ObjectMetaBuilder(written.getMetadata()).build());
    return namespace;
  }
}
