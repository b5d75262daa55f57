package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we ship and what we test with is what the API server takes. */
class ManifestsTest {
  private static final Cluster CLUSTER = Cluster.get();
  private static final Path EXAMPLES = KubeTools.REPOSITORY.resolve("examples");
  private static final Path GOLDEN =
      KubeTools.REPOSITORY.resolve("operator/src/test/resources/compile");

  /** Begins the name of a case about an object that the API server refuses. */
  private static final String REFUSED = "refused-";

  private static final Set<String> WITHOUT_NAMESPACE = Set.of("Subnet", "AddressClaim");

  static Stream<Path> examples() throws IOException {
    return yaml(EXAMPLES);
  }

  static Stream<Path> goldenInputs() throws IOException {
    return inputs(false);
  }

  static Stream<Path> refusedInputs() throws IOException {
    return inputs(true);
  }

  private static Stream<Path> inputs(boolean refused) throws IOException {
    return yaml(GOLDEN)
        .filter(file -> file.endsWith("in.yaml"))
        .filter(file -> file.getParent().getFileName().toString().startsWith(REFUSED) == refused);
  }

  private static Stream<Path> yaml(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().matches(".*/(compiled|status)/.*"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesAreAccepted(Path file) throws IOException {
    applyOurKinds(file);
  }

  @ParameterizedTest
  @MethodSource("goldenInputs")
  void inputsOfCompileAreAccepted(Path file) throws IOException {
    applyOurKinds(file);
  }

  @ParameterizedTest
  @MethodSource("refusedInputs")
  void refusedInputsOfCompileAreRefused(Path file) {
    assertThatThrownBy(() -> applyOurKinds(file)).hasMessageContaining("is invalid");
  }

  @Test
  void kindsAreAccepted() {
    var kinds = KubeTools.REPOSITORY.resolve("crds") + "/";
    assertThat(CLUSTER.kubectl("apply", "--server-side", "-f", kinds)).contains("listeners.lb");
  }

  /** In namespaces of its own, by dry run: the objects of a case must not be served. */
  private static List<String> applyOurKinds(Path file) throws IOException {
    var namespace = CLUSTER.namespace("manifests");
    var seen = new HashSet<String>();
    var parser = Serialization.yamlMapper().getFactory().createParser(file.toFile());
    var documents = Serialization.yamlMapper().readValues(parser, ObjectNode.class).readAll();
    for (var document : documents) {
      if (Api.API_VERSION.equals(document.path("apiVersion").asText())) {
        document.remove("status");
        var metadata = (ObjectNode) document.get("metadata");
        if (!WITHOUT_NAMESPACE.contains(document.get("kind").asText())) {
          metadata.put("namespace", namespace);
        }
        metadata.remove(List.of("uid", "creationTimestamp", "generation", "resourceVersion"));
        apply(document);
        seen.add(document.get("kind").asText() + "/" + document.at("/metadata/name").asText());
      }
    }
    return List.copyOf(seen);
  }

  private static void apply(ObjectNode document) {
    var resource = Serialization.unmarshal(document.toString(), GenericKubernetesResource.class);
    var objects =
        CLUSTER.client().genericKubernetesResources(resource.getApiVersion(), resource.getKind());
    var namespace = resource.getMetadata().getNamespace();
    var object =
        namespace == null
            ? objects.resource(resource)
            : objects.inNamespace(namespace).resource(resource);
    object.dryRun().fieldManager("user").forceConflicts().serverSideApply();
  }
}
