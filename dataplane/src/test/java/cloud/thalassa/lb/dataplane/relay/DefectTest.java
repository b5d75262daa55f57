package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A defect of ours ends the connection that met it, and nothing else. */
@OnEveryEngine
class DefectTest {
  private final EngineUnderTest.Setting setting;

  DefectTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @ParameterizedTest
  @EnumSource(names = {"LEAST_CONNECTIONS", "ROUND_ROBIN"})
  void selectorThatThrowsCostsNothingButItsConnection(SelectionPolicy policy) throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).maxConnections = 1;
      relay.apply();
      relay.publishDefect(policy);
      for (int i = 1; i <= 3; i++) {
        assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
        relay.awaitCount(TerminationReason.INTERNAL_ERROR, i);
        assertThat(relay.open()).isZero();
      }
      relay.publish();
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
      assertThat(relay.registry.get("thalassa.lb.accept.pauses").counter().count()).isZero();
    }
  }

  @Test
  void selectorThatThrowsAtALaterTryToo() throws Exception {
    try (var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP);
      relay.publishDefect(SelectionPolicy.ROUND_ROBIN, relay.nobody(Protocol.TCP));

      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.INTERNAL_ERROR, 1);
      assertThat(relay.open()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LEAST_CONNECTIONS", "ROUND_ROBIN"})
  void flowsThatLiveDoNotNoticeTheDefectOfANewOne(SelectionPolicy policy) throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var old = new UdpClient(setting.loopback());
        var late = new UdpClient(setting.loopback())) {
      relay.serve(Protocol.UDP, target.address());
      assertThat(old.ask(relay.address(), "a")).isEqualTo("a");
      relay.publishDefect(policy);
      late.send(relay.address(), "b");
      relay.awaitCount(TerminationReason.INTERNAL_ERROR, 1);

      assertThat(relay.open()).isOne();
      assertThat(old.ask(relay.address(), "c")).isEqualTo("c");
      relay.publish();
      assertThat(late.ask(relay.address(), "d")).isEqualTo("d");
    }
  }

  @Test
  void flowThatCannotMoveEndsAndTheClientsNextDatagramIsANewOne() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.serve(Protocol.UDP, target.address());
      client.ask(relay.address(), "a");
      relay.publishDefect(SelectionPolicy.LEAST_CONNECTIONS);
      relay.engine.tableChanged();
      relay.awaitCount(TerminationReason.INTERNAL_ERROR, 1);
      assertThat(relay.open()).isZero();

      relay.publish();
      assertThat(client.ask(relay.address(), "b")).isEqualTo("b");
    }
  }
}
