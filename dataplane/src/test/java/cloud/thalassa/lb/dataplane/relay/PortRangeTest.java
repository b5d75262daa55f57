package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener with three ports, whose target answers each of its own three with its number. */
@OnEveryEngine
class PortRangeTest {
  private final EngineUnderTest.Setting setting;

  PortRangeTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theNthPortLeadsToTheNthOfTheTarget(int n) throws Exception {
    try (var targets = PortRange.tcp(setting.loopback(), 3);
        var relay = new Relay(setting)) {
      range(relay, Protocol.TCP, targets);
      try (var client = Relay.connect(at(relay, n))) {
        assertThat(client.getInputStream().read()).isEqualTo(n);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theNthPortLeadsToTheNthOfTheTargetWithUdp(int n) throws Exception {
    try (var targets = PortRange.udp(setting.loopback(), 3);
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      range(relay, Protocol.UDP, targets);
      assertThat(client.ask(at(relay, n), "?")).isEqualTo(String.valueOf(n));
    }
  }

  @Test
  void allPortsShareTheLimitOfTheListener() throws Exception {
    try (var targets = PortRange.tcp(setting.loopback(), 3);
        var relay = new Relay(setting)) {
      range(relay, Protocol.TCP, targets).maxConnections = 2;
      relay.apply();
      try (var first = Relay.connect(at(relay, 0));
          var last = Relay.connect(at(relay, 2))) {
        assertThat(first.getInputStream().read()).isEqualTo(0);
        assertThat(last.getInputStream().read()).isEqualTo(2);
        try (var third = Relay.connect(at(relay, 1))) {
          third.getInputStream().read();
        } catch (IOException refused) {
          // as it should be
        }
        relay.awaitCount(TerminationReason.MAX_CONNECTIONS, 1);
        assertThat(relay.open()).isEqualTo(2);
      }
    }
  }

  @Test
  void aRangeThatGrowsAndShrinksCutsNothing() throws Exception {
    try (var targets = PortRange.tcp(setting.loopback(), 3);
        var relay = new Relay(setting)) {
      var listener = range(relay, Protocol.TCP, targets);
      listener.endPort = listener.port + 1;
      relay.apply();
      try (var first = Relay.connect(at(relay, 0));
          var second = Relay.connect(at(relay, 1))) {
        assertThat(first.getInputStream().read()).isEqualTo(0);
        assertThat(second.getInputStream().read()).isEqualTo(1);

        listener.endPort = listener.port + 2;
        relay.apply();
        try (var third = Relay.connect(at(relay, 2))) {
          assertThat(third.getInputStream().read()).isEqualTo(2);
          Talk.echoes(first);
          Talk.echoes(second);

          listener.endPort = listener.port;
          relay.apply();
          awaitRefused(at(relay, 2));
          Talk.echoes(first);
          Talk.echoes(second);
          Talk.echoes(third);
        }
      }
    }
  }

  private static Config.ListenerConfig range(Relay relay, Protocol protocol, PortRange targets)
      throws Exception {
    var listener = relay.listener(protocol, targets.first());
    listener.port = PortRange.free(relay.loopback, protocol, 3);
    listener.endPort = listener.port + 2;
    relay.apply();
    return listener;
  }

  private static InetSocketAddress at(Relay relay, int n) {
    return new InetSocketAddress(relay.loopback, relay.address().getPort() + n);
  }

  private static void awaitRefused(InetSocketAddress address) {
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> Relay.connect(address).close())
                    .isInstanceOf(ConnectException.class));
  }
}
