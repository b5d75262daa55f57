package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Targets that cannot be connected are left alone for a while: a second, at the first time. */
@OnEveryEngine
class AvoidanceTest {
  private final EngineUnderTest.Setting setting;

  AvoidanceTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void whoRefusesIsTriedOnceAndThenLeftAlone() throws Exception {
    try (var one = TcpTarget.echo(setting.loopback());
        var two = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, one.address(), two.address(), relay.nobody(Protocol.TCP));
      var begin = System.nanoTime();
      for (int i = 0; i < 30; i++) {
        talk(relay);
      }
      assertThat(one.accepted.get() + two.accepted.get()).isEqualTo(30);
      // Once, and once more for each time that it was due on a machine that is this slow.
      var seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
      assertThat(count(relay, "thalassa.lb.connect.failures")).isBetween(1.0, 1.0 + seconds);
      assertThat(count(relay, "thalassa.lb.targets.avoided"))
          .isEqualTo(count(relay, "thalassa.lb.connect.failures"));
    }
  }

  @Test
  void whoComesBackTakesConnectionsAgain() throws Exception {
    try (var one = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var late = relay.nobody(Protocol.TCP);
      relay.serve(Protocol.TCP, one.address(), late);
      talk(relay);
      talk(relay);
      assertThat(count(relay, "thalassa.lb.targets.avoided")).isEqualTo(1);
      relay.letIn(late);
      try (var back = TcpTarget.echo(late)) {
        await()
            .pollInterval(Duration.ofMillis(50))
            .until(
                () -> {
                  talk(relay);
                  return back.accepted.get() > 0;
                });
        var before = back.accepted.get();
        for (int i = 0; i < 10; i++) {
          talk(relay);
        }
        assertThat(back.accepted.get() - before).as("half of them").isEqualTo(5);
      }
    }
  }

  @Test
  void neverMoreThanHalfAreLeftAloneAndTheyAreTriedLast() throws Exception {
    try (var relay = new Relay(setting)) {
      relay.serve(
          Protocol.TCP,
          relay.nobody(Protocol.TCP),
          relay.nobody(Protocol.TCP),
          relay.nobody(Protocol.TCP));
      for (int i = 1; i <= 5; i++) {
        refused(relay, i);
      }
      assertThat(count(relay, "thalassa.lb.connect.failures"))
          .as("all three, each time")
          .isEqualTo(15);
      assertThat(count(relay, "thalassa.lb.targets.avoided")).as("one of three").isLessThan(5);
    }
  }

  @Test
  void theLastOneIsNeverLeftAlone() throws Exception {
    try (var relay = new Relay(setting)) {
      var late = relay.nobody(Protocol.TCP);
      relay.serve(Protocol.TCP, late);
      refused(relay, 1);
      refused(relay, 2);
      assertThat(count(relay, "thalassa.lb.targets.avoided")).isZero();
      relay.letIn(late);
      try (var back = TcpTarget.echo(late)) {
        talk(relay);
        assertThat(back.accepted).hasValue(1);
      }
    }
  }

  @Test
  void flowsToOneWhosePortIsUnreachableLeaveItAloneToo() throws Exception {
    try (var alive = UdpTarget.named(setting.loopback(), "alive");
        var relay = new Relay(setting)) {
      relay.serve(Protocol.UDP, alive.address(), relay.nobody(Protocol.UDP));
      var begin = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        try (var client = new UdpClient(setting.loopback())) {
          assertThat(client.ask(relay.address(), "who")).isEqualTo("alive");
        }
      }
      var seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
      assertThat(count(relay, "thalassa.lb.targets.avoided")).isBetween(1.0, 1.0 + seconds);
    }
  }

  private static void talk(Relay relay) throws IOException {
    try (var client = relay.connect()) {
      Talk.echoes(client);
    }
  }

  private static void refused(Relay relay, int times) {
    assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
    relay.awaitCount(TerminationReason.CONNECT_FAILED, times);
  }

  private static double count(Relay relay, String counter) {
    return relay.registry.get(counter).counter().count();
  }
}
