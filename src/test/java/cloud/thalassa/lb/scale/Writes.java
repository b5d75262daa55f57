package cloud.thalassa.lb.scale;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What was written to the API server so far, by resource, as it counts itself. Pods and Leases are
 * left out: pods are written by the measurement alone.
 */
record Writes(Map<String, Double> byResource) {
  private static final Pattern WRITE =
      Pattern.compile(
          "apiserver_request_total\\{.*resource=\"(?!pods\"|leases\"|nodes\")(\\w+)\".*"
              + "subresource=\"(\\w*)\".*verb=\"(APPLY|PATCH|POST|PUT|DELETE)\".*} (\\S+)");

  static Writes soFar(KubernetesClient client) {
    var writes = new TreeMap<String, Double>();
    client
        .raw("/metrics")
        .lines()
        .map(WRITE::matcher)
        .filter(line -> line.matches())
        .forEach(
            line ->
                writes.merge(
                    line.group(2).isEmpty() ? line.group(1) : line.group(1) + "/" + line.group(2),
                    Double.parseDouble(line.group(4)),
                    Double::sum));
    return new Writes(writes);
  }

  Writes since(Writes earlier) {
    var more = new TreeMap<String, Double>();
    byResource.forEach(
        (resource, count) -> {
          var grown = count - earlier.byResource.getOrDefault(resource, 0.0);
          if (grown > 0) {
            more.put(resource, grown);
          }
        });
    return new Writes(more);
  }

  double total() {
    return byResource.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
