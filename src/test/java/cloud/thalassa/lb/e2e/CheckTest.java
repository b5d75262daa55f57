package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code thalassa-lb check} refuses what the API server refuses, and takes what it takes. */
class CheckTest {
  @TempDir static Path directory;
  private static String findings;

  /** A change of an object cannot be seen in a file; everything else can. */
  static List<BadObject> cases() {
    return BadObject.all().filter(bad -> bad.before() == null).toList();
  }

  private static String file(BadObject bad) {
    return bad.name().replaceAll("[^a-zA-Z0-9]+", "-") + ".yaml";
  }

  @BeforeAll
  static void check() throws IOException {
    var cases = cases();
    for (var i = 0; i < cases.size(); i++) {
      var object = cases.get(i).object();
      if (object.at("/metadata/name").asText().equals("web")) {
        object.withObject("/metadata").put("name", "case-" + i); // or it would be a duplicate
      }
      var yaml = Serialization.yamlMapper().writeValueAsString(object);
      Files.writeString(directory.resolve(file(cases.get(i))), yaml);
    }
    var child = Launcher.start("check", directory.toString());
    assertThat(child.exitCode(60)).as(child.output()).isEqualTo(1);
    findings = child.output();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRefusedWithFileAndLine(BadObject bad) {
    assertThat(findings.lines()).anyMatch(line -> line.matches(".*/" + file(bad) + ":\\d+.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "quickstart"})
  void examplesAreFine(String example) {
    var child = Launcher.start("check", KubeTools.REPOSITORY.resolve("examples/" + example) + "");
    assertThat(child.exitCode(60)).as(child.output()).isZero();
  }
}
