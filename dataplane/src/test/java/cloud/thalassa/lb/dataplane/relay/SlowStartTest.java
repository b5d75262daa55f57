package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class SlowStartTest {
  private final EngineUnderTest.Setting setting;

  SlowStartTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void aTargetThatIsNewTakesATenthOfItsShareAtFirst() throws Exception {
    try (var old = TcpTarget.echo(setting.loopback());
        var young = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, old.address());
      relay.pool().slowStartSeconds = 900;
      relay.apply();
      relay.pool().members.add(new Config.Member(young.address(), true, false));
      relay.apply();
      for (int i = 0; i < 200; i++) {
        try (var client = relay.connect()) {
          Talk.echoes(client);
        }
      }
      // One in eleven: 18, and 4 are a standard deviation.
      assertThat(young.accepted.get()).isBetween(1, 50);
      assertThat(old.accepted.get() + young.accepted.get()).isEqualTo(200);
    }
  }
}
