package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Protocol;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A connection that was broken must not look like one that ended. */
@OnEveryEngine
class ResetTest {
  private final EngineUnderTest.Setting setting;

  ResetTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void resetByTheClientReachesTheTarget() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      var client = relay.connect();
      try (var server = target.take()) {
        client.getOutputStream().write('x');
        assertThat(server.getInputStream().read()).isEqualTo('x');
        client.setSoLinger(true, 0);
        client.close();

        Talk.isReset(server);
      }
      relay.awaitCount(TerminationReason.CLIENT_RESET, 1);
      assertThat(relay.open()).isZero();
    }
  }

  @Test
  void resetByTheTargetReachesTheClient() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        var server = target.take();
        server.getOutputStream().write('x');
        assertThat(client.getInputStream().read()).isEqualTo('x');
        server.setSoLinger(true, 0);
        server.close();

        Talk.isReset(client);
      }
      relay.awaitCount(TerminationReason.TARGET_RESET, 1);
    }
  }

  @Test
  void clientThatLeavesInTheMiddleOfAnAnswerEndsTheTargetToo() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      var client = relay.connect();
      try (var server = target.take()) {
        client.getOutputStream().write("go".getBytes(StandardCharsets.US_ASCII));
        server.getInputStream().readNBytes(2);
        client.close();

        var chunk = new byte[64 * 1024];
        assertThatThrownBy(
                () -> {
                  while (true) {
                    server.getOutputStream().write(chunk);
                  }
                })
            .isInstanceOf(SocketException.class);
      }
      relay.awaitCount(TerminationReason.CLIENT_RESET, 1);
    }
  }
}
