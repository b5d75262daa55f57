package cloud.thalassa.lb.scale;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
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

  /** So far, when nothing is written any more. */
  static Writes settled(KubernetesClient client) {
    var last = new Writes[] {soFar(client)};
    await("nothing is written any more")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              var before = last[0];
              last[0] = soFar(client);
              return last[0].equals(before);
            });
    return last[0];
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
