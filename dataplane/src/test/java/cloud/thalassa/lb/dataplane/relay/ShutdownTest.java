package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class ShutdownTest {
  private final EngineUnderTest.Setting setting;

  ShutdownTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void drainEndsWhenTheLastConnectionDid() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        Talk.echoes(client);
        var drained = relay.drain.begin(Duration.ofMinutes(5));
        await()
            .untilAsserted(
                () -> assertThatThrownBy(relay::connectAndRead).isInstanceOf(IOException.class));
        Talk.echoes(client);
        assertThat(drained).isNotDone();

        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        drained.get(10, TimeUnit.SECONDS);
      }
      assertThat(relay.count(TerminationReason.SHUTDOWN)).isZero();
    }
  }

  @Test
  void whatLivesAtTheDeadlineIsCut() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        Talk.echoes(client);
        var drained = relay.drain.begin(Duration.ofSeconds(1));
        Talk.echoes(client);

        Talk.isReset(client);
        drained.get(10, TimeUnit.SECONDS);
      }
      relay.awaitCount(TerminationReason.SHUTDOWN, 1);
    }
  }

  @Test
  void deadlineCanBeMadeEarlier() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect()) {
        Talk.echoes(client);
        var drained = relay.drain.begin(Duration.ofMinutes(5));
        relay.drain.begin(Duration.ZERO);

        drained.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void flowsMayEndByThemselvesToo() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback());
        var late = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address()).idleTimeoutSeconds = 1;
      relay.apply();
      assertThat(client.ask(relay.address(), "a")).isEqualTo("a");
      var drained = relay.drain.begin(Duration.ofMinutes(5));
      assertThat(client.ask(relay.address(), "b")).isEqualTo("b");
      late.send(relay.address(), "c");
      assertThat(late.receive(200)).isNull();

      drained.get(10, TimeUnit.SECONDS);
      relay.awaitCount(TerminationReason.IDLE_TIMEOUT, 1);
    }
  }
}
