package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class SecurityGroupTest {
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");
  private static final List<String> ELSEWHERE = List.of("198.51.100.0/24", "2001:db8::/32");
  private static final List<String> EVERYBODY = List.of();

  private final EngineUnderTest.Setting setting;

  SecurityGroupTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void whomNoRuleMatchesIsClosedBeforeATargetHearsOfIt() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address());
      relay.config.securityRules = List.of();
      relay.apply();
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP, 1);

      relay.config.securityRules =
          List.of(
              rule(RuleAction.ALLOW, RuleProtocol.TCP, ELSEWHERE),
              rule(RuleAction.ALLOW, RuleProtocol.UDP, EVERYBODY));
      relay.apply();
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP, 2);
      assertThat(target.accepted).hasValue(0);
      assertThat(relay.open()).isZero();
    }
  }

  @Test
  void theFirstRuleDecides() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address());
      var allow = rule(RuleAction.ALLOW, RuleProtocol.ALL, EVERYBODY);
      var deny = rule(RuleAction.DENY, RuleProtocol.TCP, LOOPBACK);
      relay.config.securityRules = List.of(deny, allow);
      relay.apply();
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);

      relay.config.securityRules = List.of(allow, deny);
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
    }
  }

  @Test
  void theSourcesOfTheListenerMustAllowAsWell() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, target.address());
      listener.allowedSources = ELSEWHERE;
      relay.config.securityRules = List.of(rule(RuleAction.ALLOW, RuleProtocol.ALL, EVERYBODY));
      relay.apply();
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.NOT_ALLOWED, 1);

      listener.allowedSources = LOOPBACK;
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
    }
  }

  @Test
  void aChangeIsForNewConnectionsAndCutsNobody() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address());
      relay.config.securityRules = List.of(rule(RuleAction.ALLOW, RuleProtocol.TCP, LOOPBACK));
      relay.apply();
      try (var old = relay.connect()) {
        Talk.echoes(old);
        relay.config.securityRules = List.of();
        relay.apply();
        assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
        Talk.echoes(old);
      }
    }
  }

  @Test
  void flowsOfOtherClientsAreDroppedAndThoseThatLiveGoOn() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var old = new UdpClient(setting.loopback());
        var next = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address());
      relay.config.securityRules = List.of(rule(RuleAction.ALLOW, RuleProtocol.UDP, LOOPBACK));
      relay.apply();
      assertThat(old.ask(relay.address(), "a")).isEqualTo("a");

      relay.config.securityRules =
          List.of(
              rule(RuleAction.DENY, RuleProtocol.UDP, LOOPBACK),
              rule(RuleAction.ALLOW, RuleProtocol.ALL, EVERYBODY));
      relay.apply();
      next.send(relay.address(), "b");
      relay.awaitCount(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP, 1);
      assertThat(next.receive(100)).isNull();
      assertThat(old.ask(relay.address(), "c")).isEqualTo("c");
    }
  }

  @Test
  void rulesAreAboutSinglePortsOfARange() throws Exception {
    try (var targets = PortRange.tcp(setting.loopback(), 3);
        var relay = new Relay(setting)) {
      int first = range(relay, Protocol.TCP, targets.first());
      try (var client = Relay.connect(new InetSocketAddress(relay.loopback, first + 1))) {
        assertThat(client.getInputStream().read()).isEqualTo(1);
      }
      for (int port : new int[] {first, first + 2}) {
        assertThatThrownBy(() -> connectAndRead(relay, port)).isInstanceOf(SocketException.class);
      }
      relay.awaitCount(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP, 2);
    }
  }

  @Test
  void rulesAreAboutSinglePortsOfARangeWithUdp() throws Exception {
    try (var targets = PortRange.udp(setting.loopback(), 3);
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      int first = range(relay, Protocol.UDP, targets.first());
      client.send(new InetSocketAddress(relay.loopback, first), "x");
      relay.awaitCount(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP, 1);
      assertThat(client.ask(new InetSocketAddress(relay.loopback, first + 1), "x")).isEqualTo("1");
    }
  }

  @Test
  void theRealClientCountsAndNotTheUpstreamThatNamesIt() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).acceptProxyProtocolFrom = LOOPBACK;
      relay.config.securityRules = List.of(rule(RuleAction.ALLOW, RuleProtocol.TCP, ELSEWHERE));
      relay.apply();
      try (var allowed = relay.connect();
          var stranger = relay.connect()) {
        allowed.getOutputStream().write(headerOf("198.51.100.9"));
        Talk.echoes(allowed);
        stranger.getOutputStream().write(headerOf("192.0.2.1"));
        Talk.isReset(stranger);
      }
      relay.awaitCount(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP, 1);
    }
  }

  private static SecurityRule rule(RuleAction action, RuleProtocol protocol, List<String> sources) {
    return new SecurityRule("web/rule", action, protocol, null, sources);
  }

  /** Three ports, of which the second is open. Returns the first. */
  private static int range(Relay relay, Protocol protocol, InetSocketAddress targets)
      throws Exception {
    var listener = relay.listener(protocol, targets);
    listener.port = PortRange.free(relay.loopback, protocol, 3);
    listener.endPort = listener.port + 2;
    var open = new cloud.thalassa.lb.crds.PortRange(listener.port + 1, listener.port + 1);
    relay.config.securityRules =
        List.of(new SecurityRule("web/rule", RuleAction.ALLOW, RuleProtocol.ALL, open, EVERYBODY));
    relay.apply();
    return listener.port;
  }

  private static int connectAndRead(Relay relay, int port) throws IOException {
    try (var socket = Relay.connect(new InetSocketAddress(relay.loopback, port))) {
      return socket.getInputStream().read();
    }
  }

  private static byte[] headerOf(String client) {
    return ProxyHeader.encode(
        ProxyProtocol.V2,
        Protocol.TCP,
        new InetSocketAddress(InetAddress.ofLiteral(client), 1234),
        new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 443));
  }
}
