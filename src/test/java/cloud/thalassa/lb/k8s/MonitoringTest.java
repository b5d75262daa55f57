package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards, rules and runbooks fit each other and what is documented. */
class MonitoringTest {
  @TempDir Path directory;

  @Test
  void dashboardsAreAsTheirSourceWritesThem() {
    Run.of(Map.of(), List.of("src/monitoring/dashboards", "--check")).succeeded();
  }

  @Test
  void prometheusTakesTheRulesAndTheyFireWhenTheyShould() throws IOException {
    var rules = Serialization.asYaml(Repository.yaml("k8s/monitoring/rules.yaml").get("spec"));
    Files.writeString(directory.resolve("rules.yaml"), rules);
    var tests = Repository.read("src/test/resources/monitoring/rules-test.yaml");
    Files.writeString(directory.resolve("rules-test.yaml"), tests);
    promtool("check", "rules", directory.resolve("rules.yaml").toString());
    promtool("test", "rules", directory.resolve("rules-test.yaml").toString());
  }

  @Test
  void prometheusUnderstandsEveryQueryOfADashboard() throws IOException {
    var rules =
        Metrics.queries()
            .distinct()
            .map(query -> Map.of("record", "panel:" + Math.abs(query.hashCode()), "expr", query))
            .toList();
    var groups = Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)));
    var file = directory.resolve("panels.yaml");
    Files.writeString(file, Serialization.asYaml(groups));
    promtool("check", "rules", file.toString());
  }

  @Test
  void whatIsAskedForIsDocumented() {
    assertThat(Metrics.documented()).containsAll(Metrics.askedFor());
  }

  @Test
  void everyAlertIsTestedAndHasARunbook() {
    var runbooks = Repository.read("docs/runbooks.md");
    var tests = Repository.read("src/test/resources/monitoring/rules-test.yaml");
    assertThat(Metrics.rules().filter(rule -> rule.has("alert")))
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              var alert = rule.get("alert").asText();
              assertThat(rule.at("/annotations/runbook").asText())
                  .isEqualTo("docs/runbooks.md#" + alert.toLowerCase(Locale.ROOT));
              assertThat(runbooks).contains("\n### " + alert + "\n");
              assertThat(tests).contains("alertname: " + alert);
            });
  }

  @Test
  void everyDashboardIsInstalled() {
    var installed = Manifests.kustomize("k8s/monitoring");
    var dashboards = installed.get("ConfigMap thalassa-lb-dashboards").get("data");
    assertThat(dashboards.size()).isEqualTo(Metrics.DASHBOARDS.size());
    assertThat(installed.objects())
        .containsKeys(
            "PrometheusRule thalassa-lb",
            "PodMonitor thalassa-lb-operator",
            "PodMonitor thalassa-lb-healthchecker",
            "PodMonitor thalassa-lb-dataplane");
  }

  private static void promtool(String... arguments) {
    var command = new ArrayList<>(List.of(Metrics.promtool()));
    command.addAll(List.of(arguments));
    Run.of(Map.of(), command).succeeded();
  }
}
