package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Argo CD's Applications lead to what is there, with values that the chart knows. */
class ExamplesTest {
  private static final String DIRECTORY = "examples/argocd";

  static Stream<String> applications() throws IOException {
    try (var files = Files.list(KubeTools.REPOSITORY.resolve(DIRECTORY))) {
      return files.map(file -> DIRECTORY + "/" + file.getFileName()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void anApplicationLeadsToWhatIsThere(String file) throws IOException {
    var source = Repository.yaml(file).at("/spec/source");
    var path = source.get("path").asText();
    assertThat(KubeTools.REPOSITORY.resolve(path)).isDirectory();
    if (source.has("helm")) {
      var values = Files.createTempFile(KubeTools.target(), "values-", ".yaml");
      Files.writeString(values, source.at("/helm/valuesObject").toString());
      assertThat(Manifests.helm("--values", values.toString()).objects())
          .containsKey("Namespace thalassa-system");
    }
  }
}
