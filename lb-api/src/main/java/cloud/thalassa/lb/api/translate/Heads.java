package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.HeadRequest;
import cloud.thalassa.lb.api.wire.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all objects have in common, read from and written to their metadata. */
final class Heads {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_DESCRIPTION = 4096;

  private Heads() {}

  static Head of(HasMetadata object) {
    var metadata = object.getMetadata();
    return new Head(
        Identity.of(object),
        name(object),
        Identity.slug(object),
        annotation(object, Notes.DESCRIPTION, ""),
        metadata.getCreationTimestamp(),
        updatedAt(metadata),
        version(object),
        Labels.visible(metadata.getLabels()),
        Labels.visible(metadata.getAnnotations()));
  }

  static Ref ref(HasMetadata object) {
    return new Ref(Identity.of(object), name(object), Identity.slug(object));
  }

  static String name(HasMetadata object) {
    return annotation(object, Notes.NAME, object.getMetadata().getName());
  }

  static String annotation(HasMetadata object, String key, String otherwise) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? otherwise : annotations.getOrDefault(key, otherwise);
  }

  /** Of a new object; its name may have to become another one. */
  static ObjectMeta created(String namespace, int longestName, HeadRequest request) {
    var metadata = new ObjectMeta();
    metadata.setNamespace(namespace);
    metadata.setName(Names.label(Text.required("name", request.name()), longestName));
    return written(metadata, request);
  }

  /** The same object with what the request says of it. */
  static ObjectMeta written(ObjectMeta previous, HeadRequest request) {
    var name = Text.bounded("name", Text.required("name", request.name()), LONGEST_NAME);
    var metadata = copy(previous);
    metadata.setLabels(
        Labels.replaced(previous.getLabels(), Labels.labels("labels", request.labels())));
    var annotations =
        Labels.replaced(previous.getAnnotations(), Labels.annotations(request.annotations()));
    note(annotations, Notes.NAME, name.equals(previous.getName()) ? "" : name);
    note(
        annotations,
        Notes.DESCRIPTION,
        Text.bounded("description", request.description(), LONGEST_DESCRIPTION));
    metadata.setAnnotations(annotations);
    return metadata;
  }

  /** The same object, whose labels and annotations can be changed. */
  static ObjectMeta copy(ObjectMeta previous) {
    var copy = previous.edit().build();
    copy.setLabels(mutable(previous.getLabels()));
    copy.setAnnotations(mutable(previous.getAnnotations()));
    return copy;
  }

  private static Map<String, String> mutable(@Nullable Map<String, String> map) {
    return map == null ? new TreeMap<>() : new TreeMap<>(map);
  }

  static void note(Map<String, String> annotations, String key, String value) {
    if (value.isEmpty()) {
      annotations.remove(key);
    } else {
      annotations.put(key, value);
    }
  }

  /** Refuses a change that was meant for another version of the object. */
  static void checkVersion(HasMetadata object, HeadRequest request) {
    var expected = request.objectVersion();
    if (expected != null && expected != 0 && expected != version(object)) {
      throw Refusal.conflict(
          "objectVersion: %s is now at version %d, not %d: read it again and repeat the change"
              .formatted(Identity.of(object), version(object), expected));
    }
  }

  /** A number for what users can change of it: equal content, equal number. */
  static long version(HasMetadata object) {
    var digest = Identity.sha256();
    var metadata = object.getMetadata();
    for (var part : new Object[] {metadata.getLabels(), metadata.getAnnotations(), spec(object)}) {
      digest.update(
          Json.text(Objects.requireNonNullElse(part, "")).getBytes(StandardCharsets.UTF_8));
    }
    var bytes = digest.digest();
    long number = 0;
    for (int i = 0; i < 6; i++) { // 48 bits are a number to every JSON library
      number = (number << 8) | (bytes[i] & 0xff);
    }
    return number + 1; // 0 means any version
  }

  private static @Nullable Object spec(HasMetadata object) {
    return object instanceof CustomResource<?, ?> ours ? ours.getSpec() : null;
  }

  /** When somebody last wrote anything but a status. */
  private static @Nullable String updatedAt(ObjectMeta metadata) {
    return metadata.getManagedFields().stream()
        .filter(entry -> entry.getSubresource() == null || entry.getSubresource().isEmpty())
        .map(ManagedFieldsEntry::getTime)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(metadata.getCreationTimestamp());
  }
}
