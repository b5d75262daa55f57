package cloud.thalassa.lb.api.objects;

import cloud.thalassa.lb.api.objects.StoreException.Cause;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.InService;
import cloud.thalassa.lb.crds.manifest.Manifest;
import cloud.thalassa.lb.crds.manifest.ManifestReader;
import cloud.thalassa.lb.crds.manifest.ManifestText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes of manifests. What was read is compared with what the file says now, so that nobody's
 * edit is lost, and what an API server would refuse is refused.
 */
final class DirectoryChanges {
  private final DirectoryReading reading;
  private final ManifestFolder folder;
  private final ManifestReader reader = new ManifestReader(DirectoryView.HOME);

  DirectoryChanges(DirectoryReading reading, ManifestFolder folder) {
    this.reading = reading;
    this.folder = folder;
  }

  /** In a file of its own. */
  HasMetadata create(HasMetadata object) {
    if (object instanceof AddressClaim) {
      throw new StoreException(
          Cause.REFUSED, "addresses can be reserved in a cluster only: write addresses into specs");
    }
    return folder.exclusively(
        () -> {
          var identity = DirectoryView.identity(object);
          var now = reading.again();
          if (now.find(identity) != null || now.manifests().refused().containsKey(identity)) {
            throw new StoreException(Cause.NAME_TAKEN, "there is another object of that name");
          }
          object.getMetadata().setUid(UUID.randomUUID().toString());
          object
              .getMetadata()
              .setCreationTimestamp(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
          createFile(identity, object);
          return found(identity);
        });
  }

  /** In the place of the document that there is. */
  HasMetadata update(HasMetadata read, HasMetadata next) {
    return folder.exclusively(
        () -> {
          var identity = DirectoryView.identity(next);
          var now = reading.again();
          var object = now.find(identity);
          if (object == null) {
            throw new StoreException(Cause.GONE, "it was deleted meanwhile");
          }
          if (!Content.same(object, read)) {
            throw StoreException.stale();
          }
          var manifest = manifest(now.manifests(), identity);
          if (manifest == null) {
            createFile(identity, next);
          } else {
            replace(now.manifests(), manifest, next);
          }
          return found(identity);
        });
  }

  void delete(HasMetadata object) {
    folder.exclusively(
        () -> {
          var identity = DirectoryView.identity(object);
          var now = reading.again();
          var manifest = now.find(identity) == null ? null : manifest(now.manifests(), identity);
          while (manifest != null) { // below it there may be another one of its name
            change(now.manifests(), manifest, text -> text.without(identity, DirectoryView.HOME));
            now = reading.again();
            manifest = now.manifests().manifests().get(identity);
          }
          return now;
        });
  }

  private HasMetadata found(Identity identity) {
    return Objects.requireNonNull(reading.again().find(identity), identity::toString);
  }

  /** Null: it is a namespace without one. */
  private static @Nullable Manifest manifest(InService manifests, Identity identity) {
    var finding = manifests.refused().get(identity);
    var manifest = manifests.manifests().get(identity);
    if (finding != null) {
      throw notValid(finding);
    }
    if (manifest == null && !identity.kind().equals("Namespace")) {
      throw unreadable(manifests, it -> true);
    }
    return manifest;
  }

  private void createFile(Identity identity, HasMetadata object) {
    var document = Yaml.kept(object, false);
    check(identity, document, null);
    folder.create(identity, document);
  }

  private void replace(InService manifests, Manifest manifest, HasMetadata next) {
    var identity = manifest.identity();
    next.getMetadata().setUid(written(manifest, "uid"));
    next.getMetadata().setCreationTimestamp(written(manifest, "creationTimestamp"));
    var document = Yaml.kept(next, folder.isJson(Path.of(manifest.file())));
    check(identity, document, manifest);
    change(manifests, manifest, text -> text.with(identity, DirectoryView.HOME, document));
  }

  /** What others are given is not written into manifests of people. */
  private static @Nullable String written(Manifest manifest, String field) {
    return manifest.value().get("metadata") instanceof Map<?, ?> metadata
            && metadata.get(field) instanceof String text
        ? text
        : null;
  }

  private void change(
      InService manifests,
      Manifest manifest,
      Function<ManifestText, @Nullable ManifestText> change) {
    if (!folder.change(Path.of(manifest.file()), change)) {
      throw unreadable(manifests, it -> it.file().equals(manifest.file()));
    }
  }

  private void check(Identity identity, String document, @Nullable Manifest stored) {
    var refused = reader.read("", document, it -> stored).refused().get(identity);
    if (refused != null) {
      var path = refused.path().isEmpty() ? "" : refused.path() + ": ";
      throw new StoreException(Cause.INVALID, path + refused.sentence());
    }
  }

  /** Its file has become one in which it cannot be found. */
  private static StoreException unreadable(InService manifests, Predicate<Finding> where) {
    return manifests.findings().stream()
        .filter(it -> it.object().isEmpty())
        .filter(where)
        .findFirst()
        .map(DirectoryChanges::notValid)
        .orElseGet(StoreException::stale);
  }

  private static StoreException notValid(Finding finding) {
    return new StoreException(
        Cause.REFUSED, "its manifest has to be mended by hand first: " + finding);
  }
}
