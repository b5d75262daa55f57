package cloud.thalassa.lb.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case in {@code src/test/resources/service}: a Service in {@code in.yaml}, with what exists
 * of its load balancer, and what it means in {@code out.yaml}. {@code -Dgolden.update=true}
 * rewrites the meanings; the difference is the review.
 */
class ServiceGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/service");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> means() throws IOException {
    try (var dirs = Files.list(CASES)) {
      return dirs.sorted().toList().stream()
          .map(dir -> DynamicTest.dynamicTest(dir.getFileName().toString(), () -> check(dir)));
    }
  }

  @Test
  void theExampleIsUnderstood() throws IOException {
    var example = ServiceCase.read(Path.of("../examples/service/web.yaml")).service();
    assertThat(Translation.of(example, null).remarks()).isEmpty();
    assertThat(Translation.of(example, null).listeners()).hasSize(1);
  }

  private static void check(Path dir) throws IOException {
    var meaning = ServiceCase.read(dir.resolve("in.yaml")).meaning();
    var out = dir.resolve("out.yaml");
    if (UPDATE) {
      Files.writeString(out, meaning);
    }
    assertThat(meaning).isEqualTo(Files.readString(out));
  }
}
