package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Protocol;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class TargetDrainTest {
  private final EngineUnderTest.Setting setting;

  TargetDrainTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void terminatingTargetGetsNothingNewAndKeepsWhatItHas() throws Exception {
    try (var leaving = TcpTarget.echo(setting.loopback());
        var staying = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, leaving.address());
      try (var old = relay.connect()) {
        Talk.echoes(old);
        relay.pool().members.clear();
        relay.pool().members.add(new Config.Member(leaving.address(), false, true));
        relay.pool().members.add(new Config.Member(staying.address(), true, false));
        relay.apply();
        for (int i = 0; i < 6; i++) {
          try (var client = relay.connect()) {
            Talk.echoes(client);
          }
        }
        assertThat(staying.accepted).hasValue(6);
        assertThat(leaving.accepted).hasValue(1);
        Talk.echoes(old);
      }
    }
  }

  @Test
  void connectionsOfATargetThatWentAreCutAfterTheDrainTimeout() throws Exception {
    try (var leaving = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, leaving.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.apply();
      try (var old = relay.connect()) {
        Talk.echoes(old);
        relay.pool().members.clear();
        relay.apply();
        Talk.echoes(old);

        Talk.isReset(old);
      }
      relay.awaitCount(TerminationReason.TARGET_DRAINED, 1);
    }
  }

  @Test
  void targetThatIsBackBeforeTheDrainTimeoutKeepsItsConnections() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        var member = relay.pool().members.removeLast();
        relay.apply();
        relay.pool().members.add(member);
        relay.apply();

        Talk.goesOn(client);
      }
    }
  }

  @Test
  void targetThatWentWhileTheListenerWasAwayHasItsWholeDrainTimeout() throws Exception {
    try (var leaving = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, leaving.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        relay.config.listeners.clear();
        relay.apply();
        relay.pool().drainTimeoutSeconds = 300;
        relay.pool().members.clear();
        relay.apply();
        relay.config.listeners.put(Relay.WEB, listener);
        relay.apply();

        Talk.goesOn(client);
      }
    }
  }

  @Test
  void unhealthyTargetKeepsItsConnectionsForAsLongAsTheyLike() throws Exception {
    try (var sick = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, sick.address());
      relay.pool().drainTimeoutSeconds = 0;
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        relay.pool().members.clear();
        relay.pool().members.add(new Config.Member(sick.address(), false, false));
        relay.apply();
        assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);

        Talk.echoes(client);
      }
    }
  }

  @Test
  void drainTimeoutOfZeroCutsAtOnce() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address());
      relay.pool().drainTimeoutSeconds = 0;
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        relay.pool().members.clear();
        relay.apply();

        Talk.isReset(client);
      }
    }
  }

  @Test
  void connectionsLeaveWhenTheListenerIsGivenAnotherPool() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = relay.listener(Protocol.TCP, target.address());
      relay.pool().drainTimeoutSeconds = 1;
      relay.apply();
      try (var client = relay.connect()) {
        Talk.echoes(client);
        listener.pool = "test/new";
        relay.config.pools.put("test/new", new Config.PoolConfig());
        relay.apply();
        Talk.echoes(client);

        Talk.isReset(client);
      }
      relay.awaitCount(TerminationReason.TARGET_DRAINED, 1);
    }
  }
}
