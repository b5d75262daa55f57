package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The description that is checked in is the one that the build makes. */
class OpenApiTest {
  private static final Path API = KubeTools.REPOSITORY.resolve("lb-api");

  /** {@code -Dopenapi.update=true} checks in what is so. */
  @Test
  void describesTheOperationsThatThereAre() throws IOException {
    var built = Files.readString(API.resolve("target/openapi/openapi.yaml"));
    if (Boolean.getBoolean("openapi.update")) {
      Files.writeString(API.resolve("openapi.yaml"), built);
    }
    assertThat(API.resolve("openapi.yaml")).hasContent(built);
    assertThat(built).startsWith("---\nopenapi: 3.1.0");
  }
}
