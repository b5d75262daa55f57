package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class SourceLimitTest {
  private final EngineUnderTest.Setting setting;

  SourceLimitTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void aSourceHasNoMoreConnectionsThanItMay() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).maxConnectionsPerSource = 2;
      relay.apply();
      try (var first = relay.connect()) {
        try (var second = relay.connect()) {
          Talk.echoes(first);
          Talk.echoes(second);
          assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
          relay.awaitCount(TerminationReason.MAX_CONNECTIONS_PER_SOURCE, 1);
          assertThat(relay.open()).isEqualTo(2);
          Talk.echoes(first);
        }
        await().until(() -> relay.open() == 1);
        try (var next = relay.connect()) {
          Talk.echoes(next);
        }
      }
    }
  }

  @Test
  void anotherSourceIsServed() throws Exception {
    if (setting.loopback().getAddress().length == 16) {
      return; // there is one such address
    }
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).maxConnectionsPerSource = 1;
      relay.apply();
      try (var first = relay.connect();
          var other = new Socket()) {
        Talk.echoes(first);
        other.bind(new InetSocketAddress("127.0.0.2", 0));
        other.connect(relay.address());
        Talk.echoes(other);
      }
    }
  }

  @Test
  void limitsChangeWhileConnectionsLive() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, target.address());
      listener.maxConnectionsPerSource = 1;
      relay.apply();
      try (var first = relay.connect()) {
        Talk.echoes(first);
        listener.maxConnectionsPerSource = 2;
        relay.apply();
        try (var second = relay.connect()) {
          Talk.echoes(second);
          listener.maxConnectionsPerSource = 1;
          relay.apply();
          assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
          Talk.echoes(first);
          Talk.echoes(second);
          listener.maxConnectionsPerSource = 0;
          relay.apply();
          try (var third = relay.connect()) {
            Talk.echoes(third);
          }
        }
      }
    }
  }

  @Test
  void aSourceOpensNoMoreThanItsRate() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).newConnectionsPerSourcePerSecond = 2;
      relay.apply();
      await().pollInterval(Duration.ofMillis(1)).until(() -> !served(relay));
      assertThat(relay.count(TerminationReason.NEW_CONNECTIONS_PER_SOURCE_PER_SECOND)).isOne();
      assertThat(target.accepted).hasValueGreaterThanOrEqualTo(2);
      await().until(() -> served(relay));
    }
  }

  @Test
  void flowsCountAsConnectionsDo() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var first = new UdpClient(setting.loopback());
        var second = new UdpClient(setting.loopback())) {
      var listener = relay.listener(Protocol.UDP, target.address());
      listener.maxConnectionsPerSource = 1;
      listener.idleTimeoutSeconds = 1;
      relay.apply();
      assertThat(first.ask(relay.address(), "a")).isEqualTo("a");
      second.send(relay.address(), "b");
      relay.awaitCount(TerminationReason.MAX_CONNECTIONS_PER_SOURCE, 1);
      assertThat(relay.open()).isOne();
      relay.awaitCount(TerminationReason.IDLE_TIMEOUT, 1);
      assertThat(second.ask(relay.address(), "c")).isEqualTo("c");
    }
  }

  private static boolean served(Relay relay) throws IOException {
    try (var client = relay.connect()) {
      Talk.echoes(client);
      return true;
    } catch (SocketException refused) {
      return false;
    }
  }
}
