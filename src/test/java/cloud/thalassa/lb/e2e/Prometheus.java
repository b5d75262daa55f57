package cloud.thalassa.lb.e2e;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Prometheus of this machine, with our rules, which asks the pods that it is told of. */
final class Prometheus implements AutoCloseable {
  static final String ADDRESS = "127.0.0.1:9090";
  private final Child process;

  private Prometheus(Child process) {
    this.process = process;
  }

  /**
   * @param pods by their component, each with its address
   */
  static Prometheus start(Map<String, Map<String, String>> pods) throws IOException {
    var directory = Files.createTempDirectory(KubeTools.target(), "prometheus");
    Files.writeString(directory.resolve("rules.yaml"), rules());
    var config =
        Map.of(
            "global",
            Map.of("scrape_interval", "2s", "evaluation_interval", "5s"),
            "rule_files",
            List.of("rules.yaml"),
            "scrape_configs",
            pods.entrySet().stream().map(it -> job(it.getKey(), it.getValue())).toList());
    Files.writeString(directory.resolve("prometheus.yaml"), Serialization.asYaml(config));
    return new Prometheus(
        Child.start(
            "prometheus",
            directory.resolve("prometheus.log"),
            Map.of(),
            List.of(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yaml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + ADDRESS)));
  }

  private static String rules() throws IOException {
    var file = Path.of("k8s/monitoring/rules.yaml");
    var text = Files.readString(KubeTools.REPOSITORY.resolve(file));
    return Serialization.asYaml(Serialization.unmarshal(text, Map.class).get("spec"));
  }

  /** As {@code k8s/monitoring/scrape.yaml} names them. */
  private static Map<String, Object> job(String component, Map<String, String> pods) {
    var targets = new ArrayList<Map<String, Object>>();
    pods.forEach(
        (pod, address) ->
            targets.add(
                Map.of("targets", List.of(address + ":9000"), "labels", Map.of("pod", pod))));
    return Map.of(
        "job_name",
        "thalassa-lb-" + component,
        "metrics_path",
        "/q/metrics",
        "static_configs",
        targets);
  }

  boolean alive() {
    return process.alive();
  }

  @Override
  public void close() {
    process.kill();
  }
}
