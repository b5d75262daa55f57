package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.Share;
import cloud.thalassa.lb.crds.Protocol;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener whose connections are shared by pools. */
@OnEveryEngine
class SplitTest {
  private static final String NEW = "test/new";
  private final EngineUnderTest.Setting setting;

  SplitTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void poolsGetConnectionsByTheirWeightHoweverManyTargetsTheyHave() throws Exception {
    try (var one = TcpTarget.echo(setting.loopback());
        var two = TcpTarget.echo(setting.loopback());
        var other = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, one.address(), two.address()).shares =
          List.of(new Share(Relay.POOL, 1), new Share(NEW, 3));
      pool(relay, NEW, other.address());
      relay.apply();
      for (int i = 0; i < 200; i++) {
        try (var client = relay.connect()) {
          Talk.echoes(client);
        }
      }
      // 150, and 6 are a standard deviation.
      assertThat(other.accepted.get()).isBetween(115, 185);
      assertThat(selections(relay, NEW)).isEqualTo(other.accepted.get());
      assertThat(selections(relay, Relay.POOL)).isEqualTo(200 - other.accepted.get());
    }
  }

  @Test
  void aShareWithoutAPoolOrTargetsIsRefusedAndTheOthersServe() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).shares =
          List.of(new Share(Relay.POOL, 1), new Share(null, 1), new Share(NEW, 1));
      pool(relay, NEW);
      relay.apply();
      int refused = 0;
      for (int i = 0; i < 90; i++) {
        refused += isRefused(relay) ? 1 : 0;
      }
      // 60, and 4.5 are a standard deviation.
      assertThat(refused).isBetween(33, 85);
      relay.awaitCount(TerminationReason.NO_TARGET, refused);
      assertThat(target.accepted.get()).isEqualTo(90 - refused);
    }
  }

  @Test
  void weightZeroTakesNothingNewAndKeepsWhatItHas() throws Exception {
    try (var old = TcpTarget.echo(setting.loopback());
        var young = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, old.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.apply();
      try (var before = relay.connect()) {
        Talk.echoes(before);
        listener.shares = List.of(new Share(Relay.POOL, 0), new Share(NEW, 1));
        pool(relay, NEW, young.address());
        relay.apply();
        for (int i = 0; i < 20; i++) {
          try (var client = relay.connect()) {
            Talk.echoes(client);
          }
        }
        assertThat(young.accepted).hasValue(20);
        Talk.goesOn(before);

        listener.shares = List.of(new Share(NEW, 1));
        relay.apply();
        Talk.isReset(before);
      }
      relay.awaitCount(TerminationReason.TARGET_DRAINED, 1);
    }
  }

  @Test
  void nobodyIsServedWhenEveryWeightIsZero() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).shares = List.of(new Share(Relay.POOL, 0));
      relay.apply();
      assertThat(isRefused(relay)).isTrue();
      assertThat(target.accepted).hasValue(0);
    }
  }

  @Test
  void aFlowStaysWithItsPoolUntilThatIsGone() throws Exception {
    try (var old = UdpTarget.named(setting.loopback(), "old");
        var young = UdpTarget.named(setting.loopback(), "young");
        var client = new UdpClient(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.UDP, old.address());
      relay.apply();
      assertThat(client.ask(relay.address(), "a")).isEqualTo("old");
      listener.shares = List.of(new Share(Relay.POOL, 0), new Share(NEW, 1));
      pool(relay, NEW, young.address());
      relay.apply();
      assertThat(client.ask(relay.address(), "b")).isEqualTo("old");

      listener.shares = List.of(new Share(NEW, 1));
      relay.apply();
      assertThat(client.ask(relay.address(), "c")).isEqualTo("young");
    }
  }

  private static void pool(Relay relay, String name, InetSocketAddress... targets) {
    var pool = new Config.PoolConfig();
    for (var target : targets) {
      pool.members.add(new Config.Member(target, true, false));
    }
    relay.config.pools.put(name, pool);
  }

  private static boolean isRefused(Relay relay) throws Exception {
    try (var client = relay.connect()) {
      client.getOutputStream().write('x');
      return client.getInputStream().read() != 'x';
    } catch (SocketException refused) {
      return true;
    }
  }

  private static double selections(Relay relay, String pool) {
    return relay.registry.get("thalassa.lb.selections").tag("target_group", pool).counter().count();
  }
}
