package cloud.thalassa.lb.dataplane.follow;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.dataplane.table.Documents;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The last known documents in a directory, for a process that starts while the API server is away.
 * A cache that does not work is logged and otherwise costs nothing. One thread.
 */
public final class DocumentCache {
  private static final Logger log = Logger.getLogger(DocumentCache.class);

  private final DocumentFiles files;

  /** What lies there, with its resource version. */
  private final Map<Key, String> written = new HashMap<>();

  public DocumentCache(Path directory) {
    this.files = new DocumentFiles(directory);
  }

  /** What an earlier process knew; empty when it never knew a configuration. */
  Optional<Documents> read() {
    try {
      var documents = new FileReader(files).read();
      all(documents).forEach(document -> written.put(Key.of(document), version(document)));
      return documents.configs().isEmpty() ? Optional.empty() : Optional.of(documents);
    } catch (UncheckedIOException e) {
      log.warnf("The cache %s cannot be read: %s", files.root(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Only what can be used: a configuration that cannot must not replace the last good one. */
  void write(Documents documents) {
    var wanted = new HashMap<Key, HasMetadata>();
    var kept = new HashSet<Key>();
    for (var document : all(documents)) {
      if (isUsable(document)) {
        wanted.put(Key.of(document), document);
      } else {
        kept.add(Key.of(document));
      }
    }
    documents.unreadable().keySet().forEach(name -> kept.add(Key.config(name)));
    try {
      for (var entry : wanted.entrySet()) {
        var version = version(entry.getValue());
        if (!version.equals(written.get(entry.getKey()))) {
          files.write(entry.getValue());
          written.put(entry.getKey(), version);
        }
      }
      for (var key : List.copyOf(written.keySet())) {
        if (!wanted.containsKey(key) && !kept.contains(key)) {
          files.delete(key.kind(), key.namespace(), key.name());
          written.remove(key);
        }
      }
    } catch (IOException e) {
      log.warnf("The cache %s cannot be written: %s", files.root(), e.getMessage());
    }
  }

  private static List<HasMetadata> all(Documents documents) {
    return Stream.of(documents.configs(), documents.slices(), documents.reports())
        .<HasMetadata>flatMap(List::stream)
        .toList();
  }

  private static boolean isUsable(HasMetadata document) {
    return !(document instanceof ForwardingConfig config)
        || (config.getSpec() != null
            && config.getSpec().formatVersion() == ForwardingConfigSpec.FORMAT_VERSION);
  }

  private static String version(HasMetadata document) {
    return String.valueOf(document.getMetadata().getResourceVersion());
  }

  private record Key(String kind, String namespace, String name) {
    static Key of(HasMetadata document) {
      var metadata = document.getMetadata();
      return new Key(document.getKind(), metadata.getNamespace(), metadata.getName());
    }

    static Key config(String loadBalancer) {
      int slash = loadBalancer.indexOf('/');
      return new Key(
          HasMetadata.getKind(ForwardingConfig.class),
          loadBalancer.substring(0, slash),
          loadBalancer.substring(slash + 1));
    }
  }
}
