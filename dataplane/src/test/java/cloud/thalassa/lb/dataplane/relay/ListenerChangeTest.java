package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.listen.ListenerState;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class ListenerChangeTest {
  private static final String OTHER = "test/other";
  private final EngineUnderTest.Setting setting;

  ListenerChangeTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void removedListenerAcceptsNothingWhileItsConnectionsLive() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      var address = relay.address();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        relay.config.listeners.clear();
        relay.apply();
        awaitRefused(address);

        Talk.echoes(client);
      }
      await().until(() -> relay.open() == 0);
    }
  }

  @Test
  void nothingIsMeasuredAnyMoreOfWhatIsGone() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
      await().until(() -> relay.open() == 0);
      relay.config.listeners.clear();
      relay.config.pools.clear();
      relay.publish();

      await().untilAsserted(() -> assertThat(relay.registry.getMeters()).isEmpty());
    }
  }

  @Test
  void connectionsOfARemovedListenerAreCutAfterTheDrainTimeout() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.listener(OTHER, Protocol.TCP);
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        relay.config.listeners.remove(Relay.WEB);
        relay.apply();
        Talk.echoes(client);

        Talk.isReset(client);
      }
      relay.awaitCount(TerminationReason.LISTENER_REMOVED, 1);
    }
  }

  @Test
  void listenerThatIsBackBeforeTheDrainTimeoutKeepsItsConnections() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, target.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        relay.config.listeners.clear();
        relay.apply();
        relay.config.listeners.put(Relay.WEB, listener);
        relay.apply();

        Talk.goesOn(client);
      }
    }
  }

  @Test
  void changedPortServesWhileTheOldOneDrains() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, target.address());
      relay.apply();
      var before = relay.address();
      try (var old = relay.connect()) {
        Talk.echoes(old);
        listener.port = relay.freePort(Protocol.TCP);
        relay.apply();
        try (var client = relay.connect()) {
          Talk.echoes(client);
        }
        awaitRefused(before);
        Talk.echoes(old);
      }
    }
  }

  @Test
  void portMayPassFromOneListenerToAnother() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, target.address());
      relay.apply();
      try (var old = relay.connect()) {
        Talk.echoes(old);
        relay.config.listeners.clear();
        relay.config.listeners.put(OTHER, listener);
        relay.apply();
        try (var client = Relay.connect(relay.address(OTHER))) {
          Talk.echoes(client);
        }
        Talk.echoes(old);
      }
    }
  }

  @Test
  void portThatIsTakenIsAProblemOfThatListenerAloneAndTriedAgain() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address());
      var other = relay.listener(OTHER, Protocol.TCP);
      try (var _ = new ServerSocket(other.port, 1, setting.loopback())) {
        relay.publish();
        await().until(() -> state(relay, OTHER) != null && state(relay, OTHER).problem() != null);
        assertThat(state(relay, OTHER).problem())
            .contains("TCP ", ":" + other.port, "cannot be bound", "in use");
        assertThat(state(relay, OTHER).bound()).isFalse();
        assertThat(relay.state()).isEqualTo(new ListenerState(true, 0, null));
        try (var client = relay.connect()) {
          Talk.echoes(client);
        }
      }
      await().until(() -> state(relay, OTHER).bound());
      assertThat(state(relay, OTHER).problem()).isNull();
      try (var client = Relay.connect(relay.address(OTHER))) {
        Talk.echoes(client);
      }
    }
  }

  @Test
  void portOfAnotherProgramIsNotSharedEvenIfItWouldShare() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var other = new ServerSocket()) {
      var listener = relay.listener(Protocol.TCP, target.address());
      other.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
      other.bind(new InetSocketAddress(setting.loopback(), listener.port));
      relay.publish();

      await().until(() -> state(relay, Relay.WEB) != null && relay.state().problem() != null);
    }
  }

  @Test
  void ofTwoListenersOnOnePortTheFirstServesAndTheOtherSaysWhy() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      relay.listener(OTHER, Protocol.TCP).port = relay.address().getPort();
      relay.publish();

      await().until(() -> state(relay, OTHER) != null);
      assertThat(state(relay, OTHER).problem()).contains("is served by listener test/web");
      assertThat(relay.state().bound()).isTrue();
    }
  }

  private static ListenerState state(Relay relay, String listener) {
    return relay.listeners.states().get(new ListenerKey(Config.LOAD_BALANCER, listener));
  }

  private static void awaitRefused(InetSocketAddress address) {
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> Relay.connect(address).close())
                    .isInstanceOf(ConnectException.class));
  }
}
