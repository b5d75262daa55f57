package cloud.thalassa.lb.healthchecker.follow;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.directory.DirectoryWatch;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Documents as files. The directory exists, or is made. */
public final class DirectorySource implements Source {
  private static final Logger log = Logger.getLogger(DirectorySource.class);

  private final DocumentFiles files;
  private final Map<Class<?>, Map<Path, HasMetadata>> good = new HashMap<>();
  private @Nullable DirectoryWatch watch;

  public DirectorySource(DocumentFiles files) {
    this.files = files;
  }

  @Override
  public void follow(Consumer<Documents> listener) {
    try {
      Files.createDirectories(files.root());
      watch = DirectoryWatch.start(files.root(), () -> deliver(listener));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch " + files.root() + ": " + e.getMessage(), e);
    }
    deliver(listener);
  }

  @Override
  public void close() {
    try {
      if (watch != null) {
        watch.close();
      }
    } catch (IOException e) {
      log.warnf("The watch on %s did not close: %s", files.root(), e.getMessage());
    }
  }

  private synchronized void deliver(Consumer<Documents> listener) {
    if (!Files.isDirectory(files.root())) {
      log.warnf("%s is gone: health stays as it is until it is back", files.root());
      return;
    }
    try {
      listener.accept(
          new Documents(
              read(ForwardingConfig.class),
              read(EndpointSlice.class),
              read(HealthReport.class),
              List.of())); // the one replica of a directory is watched by who started it
    } catch (UncheckedIOException e) {
      log.warnf("%s cannot be read, health stays as it is: %s", files.root(), e.getMessage());
    }
  }

  private <T extends HasMetadata> List<T> read(Class<T> type) {
    var before = good.getOrDefault(type, Map.of());
    var kept = new ArrayList<T>();
    var read =
        files.list(
            type,
            (file, reason) -> {
              var last = before.get(file);
              log.warnf(
                  "%s cannot be read, %s: %s",
                  file,
                  last == null ? "it is left out" : "its last content counts",
                  reason.getMessage());
              if (last != null) {
                kept.add(type.cast(last));
              }
            });
    read.stream().filter(DirectorySource::named).forEach(kept::add);
    good.put(
        type,
        kept.stream().collect(Collectors.toMap(this::file, Function.identity(), (a, b) -> b)));
    return kept;
  }

  private static boolean named(HasMetadata document) {
    return document.getMetadata().getNamespace() != null
        && document.getMetadata().getName() != null;
  }

  private Path file(HasMetadata document) {
    var metadata = document.getMetadata();
    return files
        .root()
        .resolve(metadata.getNamespace())
        .resolve(document.getKind())
        .resolve(metadata.getName() + ".yaml");
  }
}
