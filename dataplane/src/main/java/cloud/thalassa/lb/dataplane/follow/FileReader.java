package cloud.thalassa.lb.dataplane.follow;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.dataplane.table.Documents;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Documents as files. A slice or report that cannot be read any more keeps its last good content.
 */
final class FileReader {
  private static final Logger log = Logger.getLogger(FileReader.class);

  private final DocumentFiles files;
  private final Map<Path, HasMetadata> good = new HashMap<>();
  private final Map<Path, String> logged = new HashMap<>();

  FileReader(DocumentFiles files) {
    this.files = files;
  }

  /**
   * @throws java.io.UncheckedIOException the directories cannot be listed
   */
  Documents read() {
    var failures = new HashMap<Path, String>();
    var unreadable = new HashMap<String, String>();
    var configs =
        list(
            ForwardingConfig.class,
            (file, reason) -> {
              var problem = "the newest ForwardingConfig, " + file + ", cannot be read: " + reason;
              unreadable.put(loadBalancer(file), problem);
            });
    BiConsumer<Path, String> failed = failures::put;
    var slices = keepingGood(EndpointSlice.class, failed);
    var reports = keepingGood(HealthReport.class, failed);
    log(failures);
    return new Documents(configs, slices, reports, unreadable);
  }

  private <T extends HasMetadata> List<T> keepingGood(
      Class<T> type, BiConsumer<Path, String> failed) {
    var last = new ArrayList<T>();
    var read =
        list(
            type,
            (file, reason) -> {
              failed.accept(file, reason);
              var before = good.get(file);
              if (before != null) {
                last.add(type.cast(before));
              }
            });
    good.values().removeIf(type::isInstance);
    last.addAll(read);
    last.forEach(document -> good.put(file(document), document));
    return last;
  }

  private <T extends HasMetadata> List<T> list(Class<T> type, BiConsumer<Path, String> unreadable) {
    var usable = new ArrayList<T>();
    for (var document : files.list(type, (file, e) -> unreadable.accept(file, Sentence.of(e)))) {
      // An empty file is no document at all.
      if (isNamed(document)) {
        usable.add(document);
      }
    }
    return usable;
  }

  private void log(Map<Path, String> failures) {
    failures.forEach(
        (file, reason) -> {
          if (!reason.equals(logged.get(file))) {
            log.warnf("%s cannot be read, its last content counts: %s", file, reason);
          }
        });
    logged.clear();
    logged.putAll(failures);
  }

  private static boolean isNamed(@Nullable HasMetadata document) {
    return document != null
        && document.getMetadata() != null
        && document.getMetadata().getNamespace() != null
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

  /** {@code namespace/ForwardingConfig/name.yaml} is the document of {@code namespace/name}. */
  private String loadBalancer(Path file) {
    var relative = files.root().relativize(file);
    var name = relative.getFileName().toString();
    return relative.getName(0) + "/" + name.substring(0, name.lastIndexOf('.'));
  }
}
