package cloud.thalassa.lb.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The YAML beside the kinds is what the kinds generate. {@code -Dcrds.update=true} writes it anew.
 */
class GeneratedCrdsTest {
  private static final Path CHECKED_IN = Path.of("").toAbsolutePath();

  /** A comment that names the generator. */
  private static final String PREAMBLE = "^(#[^\n]*\n)?(---\n)?";

  @TempDir static Path generated;

  static Stream<String> kinds() throws IOException {
    new CRDGenerator()
        .customResourceClasses(StrictSchema.KINDS)
        .forCRDVersions("v1")
        .withPostProcessor(new StrictSchema())
        .inOutputDir(generated.toFile())
        .detailedGenerate();
    try (var files = Files.list(generated)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void yamlMatchesTheKind(String file) throws IOException {
    // each begins a document, because `helm show crds` prints one after the other
    var now = Files.readString(generated.resolve(file)).replaceFirst(PREAMBLE, "---\n");
    var checkedIn = CHECKED_IN.resolve(file.replace("-v1.yml", ".yaml"));
    if (Boolean.getBoolean("crds.update")) {
      Files.writeString(checkedIn, now);
    }
    assertThat(checkedIn)
        .as("drift: run `make crds` and review the difference")
        .content()
        .isEqualTo(now);
  }

  /**
   * {@code kubectl apply} and Argo CD compare a list as a whole: a default in an item would be a
   * difference that nobody made.
   */
  @ParameterizedTest
  @MethodSource("kinds")
  void noItemOfAListThatUsersWriteHasADefault(String file) throws IOException {
    var kind = Serialization.yamlMapper().readTree(generated.resolve(file).toFile());
    if (StrictSchema.isOfUsers(kind.at("/spec/names/kind").asText())) {
      var spec = kind.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
      for (var items : spec.findValues("items")) {
        assertThat(items.findValues("default")).as(items.toString()).isEmpty();
      }
    }
  }
}
