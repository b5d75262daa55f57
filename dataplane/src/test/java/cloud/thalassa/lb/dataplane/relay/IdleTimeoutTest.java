package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class IdleTimeoutTest {
  private final EngineUnderTest.Setting setting;

  IdleTimeoutTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void silentConnectionIsClosedOnBothSides() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).idleTimeoutSeconds = 1;
      relay.apply();
      try (var client = relay.connect();
          var server = target.take()) {
        Talk.isReset(client);
        Talk.isReset(server);
      }
      relay.awaitCount(TerminationReason.IDLE_TIMEOUT, 1);
    }
  }

  @Test
  void bytesOfEitherSideKeepItAlive() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).idleTimeoutSeconds = 1;
      relay.apply();
      try (var client = relay.connect();
          var server = target.take()) {
        await()
            .pollInterval(Duration.ofMillis(100))
            .during(Duration.ofMillis(1500))
            .atMost(Duration.ofSeconds(5))
            .until(
                () -> {
                  server.getOutputStream().write('x');
                  return client.getInputStream().read() == 'x';
                });
      }
      assertThat(relay.count(TerminationReason.IDLE_TIMEOUT)).isZero();
    }
  }

  @Test
  void peerThatTakesNothingIsIdleHoweverMuchWaitsForIt() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).idleTimeoutSeconds = 1;
      relay.apply();
      try (var client = relay.connect();
          var server = target.take()) {
        assertThatThrownBy(() -> writeForever(client)).isInstanceOf(IOException.class);
        assertThat(server.isClosed()).isFalse();
      }
      relay.awaitCount(TerminationReason.IDLE_TIMEOUT, 1);
    }
  }

  private static void writeForever(java.net.Socket socket) throws IOException {
    var chunk = new byte[64 * 1024];
    while (true) {
      socket.getOutputStream().write(chunk);
    }
  }
}
