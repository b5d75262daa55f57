package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class AdmissionTest {
  private final EngineUnderTest.Setting setting;

  AdmissionTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void connectionsAboveTheLimitAreClosedAtOnce() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).maxConnections = 2;
      relay.apply();
      try (var first = relay.connect();
          var second = relay.connect()) {
        Talk.echoes(first);
        Talk.echoes(second);
        assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
        relay.awaitCount(TerminationReason.MAX_CONNECTIONS, 1);
        assertThat(relay.state().activeConnections()).isEqualTo(2);
        Talk.echoes(first);
      }
      await().until(() -> relay.open() == 0);
      try (var next = relay.connect()) {
        Talk.echoes(next);
      }
    }
  }

  @Test
  void sourcesThatAreNotAllowedAreClosedBeforeATargetHearsOfThem() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).allowedSources =
          List.of("198.51.100.0/24", "2001:db8::/32");
      relay.apply();
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.NOT_ALLOWED, 1);
      assertThat(target.accepted).hasValue(0);
    }
  }

  @Test
  void allowedSourcesAreServedAndAChangeIsForNewConnections() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, target.address());
      listener.allowedSources = List.of("127.0.0.0/8", "::1/128");
      relay.apply();
      try (var old = relay.connect()) {
        Talk.echoes(old);
        listener.allowedSources = List.of("198.51.100.0/24");
        relay.apply();
        assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
        Talk.echoes(old);
      }
    }
  }

  @Test
  void clientsThatSayNothingOrVanishAreCountedAndLeaveNothing() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).idleTimeoutSeconds = 1;
      relay.apply();
      for (int i = 0; i < 100; i++) {
        var client = relay.connect();
        if (i % 2 == 0) {
          client.setSoLinger(true, 0);
        }
        client.close();
      }
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      await().until(() -> relay.open() == 0);
    }
  }
}
