package cloud.thalassa.lb.operator.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnnotationTest {
  @Test
  void everyAnnotationIsInTheTable() throws IOException {
    var rows =
        Files.readAllLines(Path.of("../docs/services.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(Annotation.values())
        .allSatisfy(
            annotation ->
                assertThat(rows).anyMatch(row -> row.contains("`%s`".formatted(annotation))));
  }

  /** One that looks like another would cost what that would. */
  @Test
  void noAnnotationIsTakenForAnother() {
    assertThat(Annotation.values())
        .allSatisfy(
            annotation -> assertThat(Annotation.of(annotation.toString())).isEqualTo(annotation));
    assertThat(Arrays.stream(Annotation.values()).map(Annotation::toString))
        .doesNotHaveDuplicates();
  }
}
