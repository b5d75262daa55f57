package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class HalfCloseTest {
  private static final int BIG = 20 * 1024 * 1024;
  private final EngineUnderTest.Setting setting;

  HalfCloseTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void clientThatFinishedStillGetsTheWholeAnswer() throws Exception {
    var answer = random(BIG);
    try (var target =
            TcpTarget.with(
                setting.loopback(),
                socket -> {
                  var question = socket.getInputStream().readAllBytes();
                  socket.getOutputStream().write(question);
                  socket.getOutputStream().write(answer);
                });
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        client.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();

        var got = client.getInputStream();
        assertThat(got.readNBytes(8)).asString().isEqualTo("question");
        assertThat(got.readAllBytes()).isEqualTo(answer);
      }
      relay.awaitCount(TerminationReason.CLIENT_CLOSED, 1);
      assertThat(relay.open()).isZero();
    }
  }

  @Test
  void targetThatFinishedStillGetsAllThatTheClientSends() throws Exception {
    var upload = random(BIG);
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect();
          var server = target.take()) {
        server.getOutputStream().write(42);
        server.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).containsExactly(42);
        var sending =
            Thread.startVirtualThread(
                () -> {
                  try {
                    client.getOutputStream().write(upload);
                    client.shutdownOutput();
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });

        assertThat(server.getInputStream().readAllBytes()).isEqualTo(upload);
        sending.join();
      }
      relay.awaitCount(TerminationReason.TARGET_CLOSED, 1);
    }
  }

  @Test
  void serverMaySpeakFirst() throws Exception {
    try (var target =
            TcpTarget.with(
                setting.loopback(),
                socket -> {
                  socket.getOutputStream().write("220 ready\n".getBytes(StandardCharsets.UTF_8));
                  socket.getInputStream().transferTo(socket.getOutputStream());
                });
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().readNBytes(10)).asString().isEqualTo("220 ready\n");
        client.getOutputStream().write('x');
        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
    }
  }

  @Test
  void connectionWithoutAByteEndsCleanly() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      relay.awaitCount(TerminationReason.CLIENT_CLOSED, 1);
    }
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
