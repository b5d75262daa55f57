package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The documents that we wrote for dataplane and health checker. */
final class Documents {
  private final DocumentFiles files;
  private final Map<Ref, Set<Key>> written = new HashMap<>();

  /** Documents of an earlier process, which may no longer be wanted. */
  private final Set<Key> inherited = new HashSet<>();

  Documents(DocumentFiles files) {
    this.files = files;
    for (var type : List.of(ForwardingConfig.class, EndpointSlice.class)) {
      files.list(type, (file, e) -> {}).forEach(document -> inherited.add(Key.of(document)));
    }
  }

  /** Members come before the config that refers to them, and go after it. */
  void write(Ref loadBalancer, Compiled compiled) throws IOException {
    var keys = new HashSet<Key>();
    for (var slice : compiled.slices()) {
      keys.add(Key.of(slice));
      files.write(slice);
    }
    keys.add(Key.of(compiled.config()));
    files.write(compiled.config());
    inherited.removeAll(keys);
    var before = written.put(loadBalancer, keys);
    delete(before == null ? Set.of() : before, keys);
  }

  void delete(Ref loadBalancer) throws IOException {
    var before = written.remove(loadBalancer);
    delete(before == null ? Set.of() : before, Set.of());
  }

  void deleteInherited() throws IOException {
    delete(inherited, Set.of());
    inherited.clear();
  }

  private void delete(Set<Key> keys, Set<Key> kept) throws IOException {
    for (var key : keys) {
      if (!kept.contains(key)) {
        files.delete(key.kind, key.namespace, key.name);
      }
    }
  }

  private record Key(String kind, String namespace, String name) {
    static Key of(HasMetadata document) {
      var metadata = document.getMetadata();
      return new Key(document.getKind(), metadata.getNamespace(), metadata.getName());
    }
  }
}
