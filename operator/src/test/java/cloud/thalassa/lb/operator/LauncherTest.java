package cloud.thalassa.lb.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bin/thalassa-lb} answers before it starts anything. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "bin", "thalassa-lb");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve                              | unknown command 'serve'",
        "operator --verbose                 | unknown option '--verbose' of operator",
        "operator --engine vertx            | unknown option '--engine' of operator",
        "healthchecker --load-balancer a/b  | unknown option '--load-balancer' of healthchecker",
        "dataplane --engine dpdk            | --engine takes auto, vertx or epoll, not 'dpdk'",
        "dataplane --engine=dpdk            | --engine takes auto, vertx or epoll, not 'dpdk'",
        "dataplane --load-balancer web      | --load-balancer takes NAMESPACE/NAME, not 'web'",
        "dataplane --directory              | --directory needs a value",
        "operator --management 9000         | --management takes ADDRESS:PORT, not '9000'",
        "operator --management :9000        | --management takes ADDRESS:PORT, not ':9000'",
        "operator --management a:b          | --management takes ADDRESS:PORT, not 'a:b'",
        "operator --management a:70000      | --management takes a port up to 65535, not 70000",
        "operator stray                     | unknown option 'stray' of operator",
        "check                              | check needs a file or a directory",
        "check --fast x                     | unknown option '--fast' of check",
        "run                                | run needs a directory",
        "run a b                            | run takes one directory",
        "run --port 80 a                    | unknown option '--port' of run",
      })
  void misuseIsOneSentenceAndExitCode2(String arguments, String sentence) throws Exception {
    var answer = launch(arguments.split(" "));

    assertThat(answer.err)
        .isEqualTo("thalassa-lb: " + sentence + " (thalassa-lb --help lists what there is)\n");
    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.out).isEmpty();
  }

  @Test
  void aDirectoryThatIsNoneIsOneSentenceAndExitCode1() throws Exception {
    assertThat(launch("run", "no/such").err).isEqualTo("thalassa-lb: no/such is not a directory\n");
    assertThat(launch("run", "no/such").code).isEqualTo(1);
    assertThat(launch("run", "src").err)
        .isEqualTo("thalassa-lb: src has no directory named objects: put the manifests there\n");
  }

  @ParameterizedTest
  @CsvSource({"--help", "run --help", "check --help", "operator --help", "dataplane --help"})
  void helpIsEverywhere(String arguments) throws Exception {
    var answer = launch(arguments.split(" "));

    assertThat(answer.code).isZero();
    assertThat(answer.out).startsWith("Usage: thalassa-lb COMMAND\n").contains("run DIR");
  }

  @Test
  void saysItsVersion() throws Exception {
    assertThat(launch("--version").out).matches("[0-9]+\\.[0-9]+\\.[0-9]+\\S*\n");
  }

  private record Answer(int code, String out, String err) {}

  private static Answer launch(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Answer(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }
}
