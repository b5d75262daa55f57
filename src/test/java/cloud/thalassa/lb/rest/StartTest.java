package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.kube.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTest {
  @Test
  void withoutItsDatabaseItDoesNotStartAndSaysSoInOneSentence() throws IOException {
    var log = KubeTools.target().resolve("lb-api-without-database.log");
    Files.deleteIfExists(log);
    var command = Program.API.command("-Dquarkus.http.port=9099");
    var environment = Map.of("THALASSA_DATABASE_ADDRESS", "127.0.0.1:1/thalassa");
    var child = Child.start("lb-api", log, environment, command);
    assertThat(child.exitCode(60)).isEqualTo(1);
    var said = child.output().lines().filter(line -> line.startsWith("thalassa-lb api: "));
    assertThat(said).hasSize(1).first().asString().contains("127.0.0.1:1");
  }
}
