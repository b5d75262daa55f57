package cloud.thalassa.lb.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalTest {
  @Test
  void everyCommandIsPlayed() throws Exception {
    var said = new ByteArrayOutputStream();
    Rehearsal.play(new PrintStream(said, true, UTF_8));
    assertThat(said.toString(UTF_8))
        .containsPattern("web +Ready +10.96.0.7 +1/1 +1/1 +2/2")
        .contains("Target group web: Maglev, health check, 1/1 healthy")
        .containsPattern("Normal +AllHealthy +TargetGroup web")
        .contains("Target:      192.0.2.1:8080")
        .contains("LoadBalancer shop/web would be changed:")
        .contains("clients that lose access: all but 203.0.113.0/24")
        .contains("Load balancer shop/web: 3 connections on 1 replicas")
        .contains("unknown option '--wrong'")
        .endsWith("web\n:4\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--help, 0",
    "diff --help, 0",
    "--version, 0",
    "serve, 2",
    "get, 2",
    "explain --from x --to y, 2",
    "list --kubeconfig /nonexistent, 1"
  })
  void exitCodesSayWhatWentWrong(String arguments, int code) {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, UTF_8);
    assertThat(Main.run(out, out, arguments.split(" "))).isEqualTo(code);
    assertThat(said.toString(UTF_8)).isNotBlank();
    if (code != 0) {
      assertThat(said.toString(UTF_8).lines()).hasSize(1);
    }
  }
}
