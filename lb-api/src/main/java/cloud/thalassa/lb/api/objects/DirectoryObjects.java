package cloud.thalassa.lb.api.objects;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.directory.DirectoryWatch;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Without a cluster: reads the manifests of a directory and what its programs say of them, and
 * writes manifests.
 */
public final class DirectoryObjects implements ObjectStore, AutoCloseable {
  /** How long a writer waits for what somebody else wrote. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DirectoryReading reading;
  private final DirectoryChanges writing;
  private final DocumentFiles compiled;
  private final @Nullable OneDataplane dataplane;
  private final List<DirectoryWatch> watches;

  /**
   * Begins to follow the directory.
   *
   * @param ownerLabels of all namespaces whose manifests do not say otherwise
   * @param dataplane where the dataplane answers (its management); null: nobody knows
   * @throws IllegalArgumentException it has no {@code objects}
   * @throws UncheckedIOException it has no {@code status}, which cannot be made, or the system lets
   *     nobody follow it
   * @throws StoreException it cannot be read
   */
  public DirectoryObjects(
      Path directory, Map<String, String> ownerLabels, @Nullable InetSocketAddress dataplane) {
    this.dataplane = dataplane == null ? null : new OneDataplane(dataplane);
    var objects = directory.resolve("objects");
    if (!Files.isDirectory(objects)) {
      throw new IllegalArgumentException(
          directory + " has no directory named objects: put the manifests there");
    }
    compiled = new DocumentFiles(directory.resolve("compiled"));
    try {
      var status = Files.createDirectories(directory.resolve("status"));
      reading = new DirectoryReading(objects, new DocumentFiles(status), compiled, ownerLabels);
      writing =
          new DirectoryChanges(
              reading, new ManifestFolder(objects, status.resolve(".lb-api.lock")));
      watches =
          List.of(
              DirectoryWatch.start(objects, reading::follow),
              DirectoryWatch.start(status, reading::follow));
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be used: " + e.getMessage(), e);
    }
    reading.again();
  }

  /** Health and members are read when they are asked for: few do, and both change often. */
  @Override
  public <T extends HasMetadata> List<T> all(Class<T> kind) {
    if (kind == HealthReport.class) {
      return compiled.list(kind, (file, e) -> {}); // its writer will write it again
    }
    if (kind == EndpointSlice.class) {
      return slices().stream().map(kind::cast).toList();
    }
    return reading.view().of(HasMetadata.getKind(kind)).stream().map(kind::cast).toList();
  }

  private List<EndpointSlice> slices() {
    var slices = new ArrayList<>(compiled.list(EndpointSlice.class, (file, e) -> {}));
    if (dataplane != null) {
      reading.view().of("LoadBalancer").forEach(it -> slices.add(dataplane.of(it)));
    }
    return slices;
  }

  @Override
  public <T extends HasMetadata> List<T> in(Class<T> kind, String namespace) {
    return all(kind).stream()
        .filter(it -> namespace.equals(it.getMetadata().getNamespace()))
        .toList();
  }

  @Override
  public <T extends HasMetadata> T create(T object) {
    return same(object, writing.create(object));
  }

  @Override
  public <T extends HasMetadata> T update(T read, T next) {
    return same(next, writing.update(read, next));
  }

  @Override
  public void delete(HasMetadata object) {
    writing.delete(object);
  }

  @Override
  public <T extends HasMetadata> T await(T object, Predicate<T> condition, Duration patience) {
    var identity = DirectoryView.identity(object);
    var seen =
        reading
            .until(
                patience,
                view -> {
                  var now = view.find(identity);
                  return now == null || condition.test(same(object, now));
                })
            .find(identity);
    return seen == null ? object : same(object, seen);
  }

  @Override
  public void awaitNewer(HasMetadata object) {
    var identity = DirectoryView.identity(object);
    reading.until(
        PATIENCE,
        view -> {
          var now = view.find(identity);
          return now == null || !Content.same(now, object);
        });
  }

  @SuppressWarnings("unchecked") // of one identity, hence of one kind
  private static <T extends HasMetadata> T same(T object, HasMetadata found) {
    return (T) object.getClass().cast(found);
  }

  @Override
  public long changes() {
    return reading.changes();
  }

  @Override
  public boolean synced() {
    return true;
  }

  @Override
  public void close() {
    for (var watch : watches) {
      try {
        watch.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
