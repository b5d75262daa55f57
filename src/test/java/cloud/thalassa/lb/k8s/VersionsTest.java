package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One version, and few places that say it: those of k8s are here. */
class VersionsTest {
  private static final String VERSION = Repository.version();

  @ParameterizedTest
  @ValueSource(strings = {"k8s/base", "k8s/overlays/dev"})
  void imagesAreOfTheBuild(String directory) {
    var manifests = Manifests.kustomize(directory);
    for (var program : new String[] {"operator", "healthchecker"}) {
      assertThat(manifests.pod(program).at("/containers/0/image").asText())
          .isEqualTo("localhost/thalassa-lb/%s:%s", program, VERSION);
    }
    assertThat(manifests.variable("operator", "THALASSA_DATAPLANE_IMAGE"))
        .isEqualTo("localhost/thalassa-lb/dataplane:%s", VERSION);
  }

  @Test
  void theImageOfTheApiIsOfTheBuild() {
    var manifests = Manifests.kustomize("k8s/api");
    for (var workload : new String[] {"Deployment api", "Job api-migration"}) {
      assertThat(manifests.get(workload).at("/spec/template/spec/containers/0/image").asText())
          .isEqualTo("localhost/thalassa-lb/lb-api:%s", VERSION);
    }
  }

  @Test
  void theChartIsOfTheBuild() {
    var chart = Repository.yaml(Manifests.CHART + "/Chart.yaml");
    assertThat(chart.get("version").asText()).isEqualTo(VERSION);
    assertThat(chart.get("appVersion").asText()).isEqualTo(VERSION);
  }

  @Test
  void noOtherFileSaysIt() throws IOException {
    var k8s = KubeTools.REPOSITORY.resolve("k8s");
    try (var files = Files.walk(k8s)) {
      assertThat(files.filter(Files::isRegularFile).filter(VersionsTest::saysTheVersion))
          .extracting(file -> k8s.relativize(file).toString())
          .containsExactlyInAnyOrder(
              "base/kustomization.yaml", "api/kustomization.yaml", "chart/Chart.yaml");
    }
  }

  private static boolean saysTheVersion(Path file) {
    return Repository.read(file.toString()).contains(VERSION);
  }

  /** Kustomize would not find the dataplane's by itself: it stands in an environment variable. */
  @Test
  void anOverlaySetsEveryImage() throws IOException {
    var overlay = Files.createTempDirectory(KubeTools.target(), "overlay-");
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        """
        resources: [../../../../k8s/base]
        images:
        - {name: localhost/thalassa-lb/operator, newName: registry.example:5000/operator, newTag: "7"}
        - {name: localhost/thalassa-lb/dataplane, newName: registry.example:5000/dataplane, newTag: "8"}
        """);
    var manifests = Manifests.kustomize(overlay.toString());
    assertThat(manifests.pod("operator").at("/containers/0/image").asText())
        .isEqualTo("registry.example:5000/operator:7");
    assertThat(manifests.variable("operator", "THALASSA_DATAPLANE_IMAGE"))
        .isEqualTo("registry.example:5000/dataplane:8");
  }
}
