package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Argo CD and Flux are given leads to what is there, with values that the chart knows. */
class ExamplesTest {
  private static final String ARGO = "examples/argocd";
  private static final String TENANTS = ARGO + "/tenants";
  private static final String FLUX = "examples/flux";
  private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\.([a-z.]+)}}");

  static Stream<String> applications() throws IOException {
    return Stream.of("helm", "kustomize", "tenant").map(name -> ARGO + "/" + name + ".yaml");
  }

  static Stream<String> tenants() throws IOException {
    return names(TENANTS);
  }

  private static Stream<String> names(String directory) throws IOException {
    try (var files = Files.list(KubeTools.REPOSITORY.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
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

  @ParameterizedTest
  @MethodSource("tenants")
  void aTenantOfTheApplicationSetsIsWholeAndKeptToItsOwn(String tenant) {
    var directory = TENANTS + "/" + tenant;
    assertThat(Repository.read(directory + "/tenant.yaml").replace(tenant, "shop"))
        .as("the same as by hand")
        .isEqualTo(Repository.read("examples/tenant/tenant.yaml"));

    var project = Repository.yaml(directory + "/project.yaml");
    var repository = Repository.yaml(directory + "/repository.yaml");
    assertThat(project.at("/metadata/name").asText()).isEqualTo(tenant);
    assertThat(project.at("/spec/destinations").findValuesAsText("namespace"))
        .containsExactly(tenant);
    assertThat(project.at("/spec/sourceRepos")).hasSize(1);
    assertThat(project.at("/spec/sourceRepos/0")).isEqualTo(repository.get("repository"));
    assertThat(project.at("/spec/clusterResourceWhitelist")).isEmpty();
  }

  @Test
  void theApplicationSetsAskForWhatTheirGeneratorsGive() throws IOException {
    var sets = Repository.documents(ARGO + "/tenants.yaml");
    assertThat(sets.get(0).at("/spec/generators/0/git/directories/0/path").asText())
        .isEqualTo(TENANTS + "/*");
    assertThat(sets.get(1).at("/spec/generators/0/git/files/0/path").asText())
        .isEqualTo(TENANTS + "/*/repository.yaml");
    var given = List.of("path.path", "path.basename");
    assertThat(parameters(sets.get(0).at("/spec/template"))).isSubsetOf(given);
    var repository =
        Repository.yaml(TENANTS + "/" + tenants().findFirst().get() + "/repository.yaml");
    for (var parameter : parameters(sets.get(1).at("/spec/template"))) {
      assertThat(given.contains(parameter) || repository.has(parameter)).as(parameter).isTrue();
    }
  }

  private static List<String> parameters(JsonNode template) {
    return PARAMETER.matcher(template.toString()).results().map(it -> it.group(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"thalassa-lb.yaml", "tenant.yaml"})
  void aKustomizationOfFluxLeadsToWhatIsThereAndWaitsForIt(String file) throws IOException {
    var sources = Repository.documents(FLUX + "/thalassa-lb.yaml");
    var kustomization = Repository.documents(FLUX + "/" + file).getLast();
    var spec = kustomization.get("spec");
    assertThat(KubeTools.REPOSITORY.resolve(spec.get("path").asText())).isDirectory();
    assertThat(spec.at("/sourceRef/name")).isEqualTo(sources.getFirst().at("/metadata/name"));
    assertThat(spec.get("wait").asBoolean()).isTrue();
    for (var before : spec.path("dependsOn")) {
      assertThat(before.get("name")).isEqualTo(sources.getLast().at("/metadata/name"));
    }
  }
}
