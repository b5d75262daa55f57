package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.PortRange;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final long ALLOWED = 0xffff_0a00_0001L; // 10.0.0.1
  private static final long STRANGER = 0xffff_0b00_0001L; // 11.0.0.1
  private static final long PROXY = 0xffff_0c00_0001L; // 12.0.0.1

  private final Gate gate = new Gate();
  private final RelayLimits limits = RelayLimits.DEFAULT.withMaxFlows(2);

  @Test
  void nobodyComesInWithoutARoute() {
    assertThat(gate.enter(null, 80, 0, ALLOWED, 0, limits))
        .isEqualTo(TerminationReason.LISTENER_REMOVED);
    assertThat(gate.open()).isZero();
  }

  @Test
  void theFirstRuleThatIsBrokenIsTheReason() {
    var route =
        route(
            listener -> {
              listener.allowedSources = List.of("10.0.0.0/8");
              listener.maxConnections = 2;
              listener.maxConnectionsPerSource = 1;
              listener.newConnectionsPerSourcePerSecond = 1;
            });
    assertThat(enter(route, STRANGER)).isEqualTo(TerminationReason.NOT_ALLOWED);
    assertThat(enter(route, ALLOWED)).isNull();
    assertThat(enter(route, ALLOWED)).isEqualTo(TerminationReason.MAX_CONNECTIONS_PER_SOURCE);
    assertThat(gate.open()).isOne();
    assertThat(enter(route, ALLOWED + 1)).isNull();
    assertThat(enter(route, ALLOWED)).isEqualTo(TerminationReason.MAX_CONNECTIONS);
    gate.left(route, 0, ALLOWED);
    assertThat(enter(route, ALLOWED))
        .isEqualTo(TerminationReason.NEW_CONNECTIONS_PER_SOURCE_PER_SECOND);
    gate.left(route, 0, ALLOWED + 1);
    assertThat(gate.open()).isZero();
  }

  @Test
  void connectionsFromBeforeALimitAreNotCountedByItAndTakeNothingFromItWhenTheyEnd() {
    var before = route(_ -> {});
    assertThat(enter(before, ALLOWED)).isNull();
    var after = route(listener -> listener.maxConnectionsPerSource = 1);
    assertThat(enter(after, ALLOWED)).isNull();
    gate.left(before, 0, ALLOWED);
    assertThat(enter(after, ALLOWED)).isEqualTo(TerminationReason.MAX_CONNECTIONS_PER_SOURCE);
    assertThat(gate.open()).isOne();
  }

  @Test
  void anUpstreamIsCountedAndItsClientJudged() {
    var route =
        route(
            listener -> {
              listener.allowedSources = List.of("10.0.0.0/8");
              listener.acceptProxyProtocolFrom = List.of("12.0.0.0/8");
              listener.maxConnections = 3;
              listener.maxConnectionsPerSource = 1;
            });
    assertThat(Gate.trusts(route, 0, PROXY)).isTrue();
    assertThat(Gate.trusts(route, 0, ALLOWED)).isFalse();
    for (int i = 0; i < 3; i++) {
      assertThat(enter(route, PROXY)).isNull();
    }
    assertThat(enter(route, PROXY)).isEqualTo(TerminationReason.MAX_CONNECTIONS);
    assertThat(gate.identify(route, 80, 0, ALLOWED, 0)).isNull();
    assertThat(gate.identify(route, 80, 0, ALLOWED, 0))
        .isEqualTo(TerminationReason.MAX_CONNECTIONS_PER_SOURCE);
    gate.leftUnidentified();
    assertThat(gate.identify(route, 80, 0, STRANGER, 0)).isEqualTo(TerminationReason.NOT_ALLOWED);
    gate.leftUnidentified();
    assertThat(gate.open()).isOne();
    gate.left(route, 0, ALLOWED);
    assertThat(gate.open()).isZero();
    assertThat(enter(route, PROXY)).isNull();
    assertThat(gate.identify(route, 80, 0, ALLOWED, 0)).isNull();
  }

  @Test
  void securityRulesAreAskedAboutThePortAfterTheSourcesOfTheListener() {
    var route =
        route(
            listener -> {
              listener.allowedSources = List.of("10.0.0.0/8");
              listener.acceptProxyProtocolFrom = List.of("12.0.0.0/8");
              listener.endPort = 81;
            },
            List.of(
                new SecurityRule(
                    "web/first",
                    RuleAction.ALLOW,
                    RuleProtocol.TCP,
                    new PortRange(80, 80),
                    List.of("10.0.0.0/24", "11.0.0.0/24"))));
    assertThat(enter(route, STRANGER)).isEqualTo(TerminationReason.NOT_ALLOWED);
    assertThat(enter(route, ALLOWED + 256))
        .isEqualTo(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP);
    assertThat(gate.enter(route, 81, 0, ALLOWED, 0, limits))
        .isEqualTo(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP);
    assertThat(gate.open()).isZero();
    assertThat(enter(route, ALLOWED)).isNull();

    assertThat(enter(route, PROXY)).as("its client is asked about, not itself").isNull();
    assertThat(gate.identify(route, 81, 0, ALLOWED, 0))
        .isEqualTo(TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP);
    assertThat(gate.identify(route, 80, 0, ALLOWED, 0)).isNull();
  }

  @Test
  void flowsHaveALimitWhereConnectionsHaveNone() {
    var route = route(listener -> listener.protocol = Protocol.UDP);
    assertThat(enter(route, ALLOWED)).isNull();
    assertThat(enter(route, STRANGER)).isNull();
    assertThat(enter(route, ALLOWED)).isEqualTo(TerminationReason.MAX_CONNECTIONS);
  }

  private TerminationReason enter(Route route, long low) {
    return gate.enter(route, 80, 0, low, 0, limits);
  }

  private static Route route(Consumer<Config.ListenerConfig> change) {
    return route(change, null);
  }

  private static Route route(Consumer<Config.ListenerConfig> change, List<SecurityRule> rules) {
    var config = new Config(InetAddress.getLoopbackAddress());
    config.pools.put(Relay.POOL, new Config.PoolConfig());
    var listener = new Config.ListenerConfig();
    listener.port = 80;
    change.accept(listener);
    config.listeners.put(Relay.WEB, listener);
    config.securityRules = rules;
    var table = RoutingTable.of(config.documents(), RoutingTable.EMPTY, 0);
    return table.routes().get(new ListenerKey(Config.LOAD_BALANCER, Relay.WEB));
  }
}
