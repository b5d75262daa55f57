package cloud.thalassa.lb.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case in {@code src/test/resources/compile}: what users applied in {@code in.yaml}, what it
 * means in {@code out.yaml}. {@code -Dgolden.update=true} rewrites the meanings; the difference is
 * the review. Cases named {@code refused-*} hold what the API server refuses; cases named {@code
 * directory-*} are compiled for a directory.
 */
class GoldenTest {
  private static final Path CASES = Path.of("src/test/resources/compile");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final int ORDERS = 5;

  @TestFactory
  Stream<DynamicTest> means() throws IOException {
    return cases()
        .map(dir -> DynamicTest.dynamicTest(dir.getFileName().toString(), () -> check(dir)));
  }

  @TestFactory
  Stream<DynamicTest> meansTheSameInAnyOrder() throws IOException {
    return cases()
        .map(dir -> DynamicTest.dynamicTest(dir.getFileName().toString(), () -> shuffle(dir)));
  }

  private static void check(Path dir) throws IOException {
    var meaning = GoldenCase.read(dir).meaning();
    var out = dir.resolve("out.yaml");
    if (UPDATE) {
      Files.writeString(out, meaning);
    }
    assertThat(meaning).isEqualTo(Files.readString(out));
  }

  private static void shuffle(Path dir) throws IOException {
    var golden = GoldenCase.read(dir);
    var meaning = golden.meaning();
    var random = new Random(dir.hashCode());
    for (int i = 0; i < ORDERS; i++) {
      Collections.shuffle(golden.objects(), random);
      assertThat(golden.meaning()).isEqualTo(meaning);
    }
  }

  private static Stream<Path> cases() throws IOException {
    try (var dirs = Files.list(CASES)) {
      return dirs.filter(Files::isDirectory).sorted().toList().stream();
    }
  }
}
