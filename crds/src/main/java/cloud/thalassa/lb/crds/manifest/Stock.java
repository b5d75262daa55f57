package cloud.thalassa.lb.crds.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects by name, in the order of their files and documents, and the second ones of a name. */
public record Stock(Map<Identity, Manifest> manifests, List<Finding> duplicates) {

  public static Stock of(Iterable<Manifest> ordered) {
    var stock = new Stock(new LinkedHashMap<>(), new ArrayList<>());
    for (var manifest : ordered) {
      var first = stock.manifests.putIfAbsent(manifest.identity(), manifest);
      if (first != null) {
        var place = first.document();
        stock.duplicates.add(
            manifest.finding(
                "metadata.name",
                "is already defined in " + place.file() + ":" + place.at("metadata.name").line()));
      }
    }
    return stock;
  }

  /** Without clocks, the order stands for age: every object is a second younger than the last. */
  public List<HasMetadata> objectsByAge() {
    long age = 0;
    for (var manifest : manifests.values()) {
      var metadata = manifest.object().getMetadata();
      metadata.setCreationTimestamp(Instant.ofEpochSecond(age++).toString());
    }
    return manifests.values().stream().map(Manifest::object).toList();
  }
}
