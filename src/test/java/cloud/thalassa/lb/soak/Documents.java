package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** What the operator would write: a ForwardingConfig, and a slice for each member of each pool. */
final class Documents {
  private final Path root;
  private final List<Place> places;
  private final List<Pool> pools;
  private long revision;

  Documents(Path directory, List<Place> places, List<Pool> pools) {
    this.root = directory.resolve("compiled/default");
    this.places = places;
    this.pools = pools;
  }

  void writeAll() {
    pools.forEach(pool -> pool.members.forEach(this::write));
    writeConfig();
  }

  void writeConfig() {
    var listeners =
        places.stream()
            .filter(place -> place.presence.here())
            .map(Place::yaml)
            .collect(Collectors.joining());
    replace(
        "ForwardingConfig/soak.yaml",
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: ForwardingConfig
        metadata: {name: soak, namespace: default, labels: {lb.thalassa.cloud/load-balancer: soak}}
        spec:
          formatVersion: 1
          revision: r%d
          addresses: [%s]
          listeners:
        %s  pools:
        %s"""
            .formatted(
                ++revision,
                Place.ADDRESS,
                listeners,
                pools.stream().map(Pool::yaml).collect(Collectors.joining())));
  }

  void write(Pool.Member member) {
    var file = "EndpointSlice/" + member.file() + ".yaml";
    if (member.written()) {
      replace(file, member.yaml());
    } else {
      try {
        Files.deleteIfExists(root.resolve(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void replace(String name, String content) {
    try {
      var file = root.resolve(name);
      Files.createDirectories(file.getParent());
      var part = file.resolveSibling("." + file.getFileName() + ".part");
      Files.writeString(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
