package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class UdpFlowTest {
  private final EngineUnderTest.Setting setting;

  UdpFlowTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void flowStaysWithItsTargetAndOthersGoElsewhere() throws Exception {
    try (var one = UdpTarget.named(setting.loopback(), "one");
        var two = UdpTarget.named(setting.loopback(), "two");
        var relay = new Relay(setting)) {
      relay.serve(Protocol.UDP, one.address(), two.address());
      // All stay open: the port of one that is closed can be the next one's, and so its flow.
      var clients = new ArrayList<UdpClient>();
      var seen = new HashSet<String>();
      for (int i = 0; i < 8; i++) {
        var client = new UdpClient(setting.loopback());
        clients.add(client);
        var name = client.ask(relay.address(), "who");
        seen.add(name);
        for (int j = 0; j < 5; j++) {
          assertThat(client.ask(relay.address(), "still")).isEqualTo(name);
        }
      }
      assertThat(seen).isEqualTo(Set.of("one", "two"));
      assertThat(relay.open()).isEqualTo(8);
      clients.forEach(UdpClient::close);
    }
  }

  @Test
  void silentFlowExpires() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address()).idleTimeoutSeconds = 1;
      relay.apply();
      assertThat(client.ask(relay.address(), "x")).isEqualTo("x");
      assertThat(relay.open()).isEqualTo(1);

      relay.awaitCount(TerminationReason.IDLE_TIMEOUT, 1);
      assertThat(relay.open()).isZero();
      assertThat(client.ask(relay.address(), "y")).isEqualTo("y");
    }
  }

  @Test
  void flowMovesWhenItsTargetGoes() throws Exception {
    movesWhen(address -> List.of());
  }

  @Test
  void flowMovesWhenItsTargetDrains() throws Exception {
    movesWhen(address -> List.of(new Config.Member(address, false, true)));
  }

  @Test
  void flowMovesWhenItsTargetIsUnhealthy() throws Exception {
    movesWhen(address -> List.of(new Config.Member(address, false, false)));
  }

  private void movesWhen(java.util.function.Function<InetSocketAddress, List<Config.Member>> what)
      throws Exception {
    try (var one = UdpTarget.named(setting.loopback(), "one");
        var two = UdpTarget.named(setting.loopback(), "two");
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.serve(Protocol.UDP, one.address());
      assertThat(client.ask(relay.address(), "who")).isEqualTo("one");
      relay.pool().members.clear();
      relay.pool().members.addAll(what.apply(one.address()));
      relay.pool().members.add(new Config.Member(two.address(), true, false));
      relay.apply();

      await().until(() -> client.ask(relay.address(), "who").equals("two"));
      assertThat(relay.open()).isEqualTo(1);
    }
  }

  @Test
  void portUnreachableMovesTheFlow() throws Exception {
    try (var alive = UdpTarget.named(setting.loopback(), "alive");
        var relay = new Relay(setting)) {
      var dead = relay.nobody(Protocol.UDP);
      relay.serve(Protocol.UDP, dead, alive.address());
      for (int i = 0; i < 4; i++) {
        try (var client = new UdpClient(setting.loopback())) {
          assertThat(client.ask(relay.address(), "who")).isEqualTo("alive");
        }
      }
      assertThat(relay.registry.get("thalassa.lb.connect.failures").counter().count()).isPositive();
    }
  }

  @Test
  void portUnreachableWithoutAnotherTargetEndsTheFlowUntilItIsBack() throws Exception {
    try (var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      var dead = relay.nobody(Protocol.UDP);
      relay.serve(Protocol.UDP, dead);
      client.send(relay.address(), "x");

      relay.awaitCount(TerminationReason.TARGET_RESET, 1);
      assertThat(relay.open()).isZero();
    }
  }

  @Test
  void burstsBeyondTheSocketBufferLoseDatagramsButBreakNothing() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.serve(Protocol.UDP, target.address());
      var datagram = new byte[1400];
      for (int i = 0; i < 20_000; i++) {
        client.send(relay.address(), datagram);
      }
      while (client.receive(200) != null) {
        // what came back of the burst
      }
      assertThat(target.received.get()).isPositive();
      assertThat(client.ask(relay.address(), "after")).isEqualTo("after");
      assertThat(relay.open()).isEqualTo(1);
    }
  }

  @Test
  void longestDatagramsPassAndWhatCannotIsCounted() throws Exception {
    var ipv4 = setting.loopback().getAddress().length == 4;
    var longest = new byte[ipv4 ? 65_507 : 65_527];
    longest[longest.length - 1] = 42;
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      var listener = relay.listener(Protocol.UDP, target.address());
      relay.apply();
      client.send(relay.address(), longest);
      assertThat(client.receive(5000)).isEqualTo(longest);

      listener.proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      try (var other = new UdpClient(setting.loopback())) {
        other.send(relay.address(), longest);
        await().until(() -> relay.count(DropReason.OVERSIZE) == 1);
      }
    }
  }

  @Test
  void flowsAboveTheLimitAreDroppedAndCounted() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.UDP, target.address()).maxConnections = 3;
      relay.apply();
      assertOnlyThreeFlows(relay);
    }
  }

  @Test
  void flowsAreBoundedWithoutALimitToo() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting, RelayLimits.DEFAULT.withMaxFlows(3))) {
      relay.serve(Protocol.UDP, target.address());
      assertOnlyThreeFlows(relay);
    }
  }

  private void assertOnlyThreeFlows(Relay relay) throws Exception {
    var clients = new ArrayList<UdpClient>();
    for (int i = 0; i < 3; i++) {
      var client = new UdpClient(setting.loopback());
      clients.add(client);
      assertThat(client.ask(relay.address(), "x")).isEqualTo("x");
    }
    try (var fourth = new UdpClient(setting.loopback())) {
      fourth.send(relay.address(), "x");
      relay.awaitCount(TerminationReason.MAX_CONNECTIONS, 1);
      assertThat(fourth.receive(100)).isNull();
    }
    assertThat(clients.getFirst().ask(relay.address(), "y")).isEqualTo("y");
    clients.forEach(UdpClient::close);
  }

  @Test
  void sourcesThatAreNotAllowedAreDroppedAndCounted() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address()).allowedSources =
          List.of("198.51.100.0/24", "2001:db8::/32");
      relay.apply();
      client.send(relay.address(), "x");

      relay.awaitCount(TerminationReason.NOT_ALLOWED, 1);
      assertThat(target.received).hasValue(0);
    }
  }

  @Test
  void removedListenerServesItsFlowsUntilTheDrainTimeout() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback());
        var late = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.apply();
      var address = relay.address();
      assertThat(client.ask(address, "a")).isEqualTo("a");
      relay.config.listeners.clear();
      relay.apply();
      assertThat(client.ask(address, "b")).isEqualTo("b");
      late.send(address, "c");
      assertThat(late.receive(100)).isNull();

      await().until(() -> relay.open() == 0);
    }
  }

  @Test
  void portMayPassFromOneListenerToAnother() throws Exception {
    try (var one = UdpTarget.named(setting.loopback(), "one");
        var two = UdpTarget.named(setting.loopback(), "two");
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      var listener = relay.listener(Protocol.UDP, one.address());
      relay.apply();
      assertThat(client.ask(relay.address(), "who")).isEqualTo("one");
      relay.config.listeners.clear();
      relay.config.listeners.put("test/other", listener);
      listener.pool = "test/new";
      var pool = new Config.PoolConfig();
      pool.members.add(new Config.Member(two.address(), true, false));
      relay.config.pools.put("test/new", pool);
      relay.apply();

      assertThat(client.ask(relay.address("test/other"), "who")).isEqualTo("two");
    }
  }
}
