package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says to those who ask and those who err. */
class LauncherTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "run --help",
        "operator --help",
        "dataplane --help",
        "healthchecker --help",
        "api --help",
        "check --help",
        "dataplane --version"
      })
  void answers(String arguments) {
    var child = Launcher.start(arguments.split(" "));
    assertThat(child.exitCode(20)).as(child.output()).isZero();
    assertThat(child.output()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "run",
        "run --fast .",
        "dataplane --engine warp",
        "operator --directory",
        "operator --dataplane 127.0.0.1:1",
        "api --dataplane nowhere",
        "check",
        "healthchecker --management nowhere",
        "--verbose",
        "run . ."
      })
  void usageErrorsAreOneSentenceAndExitWithTwo(String arguments) {
    var child = Launcher.start(arguments.split(" "));
    assertThat(child.exitCode(20)).as(child.output()).isEqualTo(2);
    assertThat(child.output().strip().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run /nonexistent", "operator --directory /nonexistent"})
  void startupFailuresAreOneSentenceAndExitWithOne(String arguments) {
    var child = Launcher.start(arguments.split(" "));
    assertThat(child.exitCode(30)).as(child.output()).isEqualTo(1);
    assertThat(child.output().lines().filter(line -> !line.contains(" INFO "))).hasSize(1);
    assertThat(child.output()).contains("/nonexistent");
  }

  @Test
  void tooFewOpenFilesAreSaidBeforeAnythingStarts() {
    var child = Launcher.startWithFiles(64, "dataplane", "--directory", "target");
    assertThat(child.exitCode(20)).as(child.output()).isEqualTo(1);
    assertThat(child.output().strip().lines()).hasSize(1);
    assertThat(child.output()).contains("64 files (ulimit -Hn): allow 256");
  }
}
