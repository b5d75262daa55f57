package cloud.thalassa.lb.operator.directory;

import static cloud.thalassa.lb.operator.directory.OperatorDirectory.POD;
import static cloud.thalassa.lb.operator.directory.OperatorDirectory.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.TargetGroup;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong in a directory is said, and what served before goes on serving. */
class LastValidVersionTest {
  @TempDir Path root;

  private OperatorDirectory directory;

  @BeforeEach
  void directory() throws IOException {
    directory = new OperatorDirectory(root);
  }

  @AfterEach
  void stop() {
    directory.stop();
  }

  @Test
  void theLastValidVersionStaysInService() throws Exception {
    directory.write("web.yaml", WEB);
    directory.start();
    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8080));

    directory.write("web.yaml", WEB.replace("port: 8080", "port: 80800"));

    await()
        .untilAsserted(
            () -> {
              var accepted = directory.accepted(Listener.class, "web");
              assertThat(accepted.getStatus()).isEqualTo("False");
              assertThat(accepted.getReason()).isEqualTo("Invalid");
              assertThat(accepted.getMessage())
                  .contains(
                      "objects/web.yaml:8: spec.port: 80800 should be less than or equal to 65535")
                  .contains("the last valid version stays in service");
            });
    assertThat(directory.listenerPorts()).containsExactly(8080);

    directory.write("web.yaml", WEB.replace("port: 8080", "port: 8081"));
    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8081));
    await()
        .untilAsserted(
            () ->
                assertThat(directory.accepted(Listener.class, "web").getStatus())
                    .isEqualTo("True"));
  }

  @Test
  void aChangedImmutableFieldIsRefused() throws Exception {
    directory.write("web.yaml", WEB);
    directory.start();
    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8080));

    directory.write(
        "web.yaml", WEB.replace("protocol: TCP, port: 8080", "protocol: UDP, port: 8080"));

    await()
        .untilAsserted(
            () ->
                assertThat(directory.accepted(Listener.class, "web").getMessage())
                    .contains("protocol is immutable"));
    assertThat(directory.listenerPorts()).containsExactly(8080);
  }

  @Test
  void anUnreadableFileKeepsWhatWasInIt() throws Exception {
    directory.write("web.yaml", WEB);
    directory.write("pod.yaml", POD);
    directory.start();
    await()
        .untilAsserted(() -> assertThat(directory.memberAddresses()).containsExactly("127.0.0.2"));

    directory.write("web.yaml", "kind: [");
    directory.write("other.yaml", POD.replace("web-1", "web-2").replace("127.0.0.2", "127.0.0.3"));

    await()
        .untilAsserted(
            () ->
                assertThat(directory.memberAddresses()).containsExactly("127.0.0.2", "127.0.0.3"));
    assertThat(directory.listenerPorts()).containsExactly(8080);
  }

  @Test
  void anObjectThatWasNeverValidHasAStatusToo() throws Exception {
    directory.write(
        "tg.yaml", WEB.substring(WEB.lastIndexOf("---")).replace("port: 80", "port: 0"));
    directory.start();

    await()
        .untilAsserted(
            () -> {
              var accepted = directory.accepted(TargetGroup.class, "web");
              assertThat(accepted.getReason()).isEqualTo("Invalid");
              assertThat(accepted.getMessage())
                  .contains("tg.yaml:5: spec.port: port must be 1..65535");
            });
  }
}
