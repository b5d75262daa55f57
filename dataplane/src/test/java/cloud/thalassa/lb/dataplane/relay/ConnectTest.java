package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class ConnectTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private final EngineUnderTest.Setting setting;

  ConnectTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void refusedTargetIsFollowedByTheNext() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(
          Protocol.TCP, relay.nobody(Protocol.TCP), target.address(), relay.nobody(Protocol.TCP));
      for (int i = 0; i < 9; i++) {
        try (var client = relay.connect()) {
          client.getOutputStream().write(i);
          assertThat(client.getInputStream().read()).isEqualTo(i);
        }
      }
      assertThat(target.accepted).hasValue(9);
      assertThat(relay.registry.get("thalassa.lb.connect.failures").counter().count())
          .as("of two that refuse one at most is left alone")
          .isBetween(2.0, 12.0);
      assertThat(relay.registry.get("thalassa.lb.connect").timer().count()).isEqualTo(9);
    }
  }

  @Test
  void silentTargetIsFollowedByTheNext() throws Exception {
    try (var silent = new Silent();
        var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting, RelayLimits.DEFAULT.withConnectTimeout(SHORT))) {
      relay.serve(Protocol.TCP, silent.address(), target.address());
      for (int i = 0; i < 2; i++) {
        try (var client = relay.connect()) {
          client.getOutputStream().write('x');
          assertThat(client.getInputStream().read()).isEqualTo('x');
        }
      }
      assertThat(target.accepted).hasValue(2);
    }
  }

  @Test
  void clientIsResetWhenNoTargetCanBeConnectedAfterABoundedNumberOfTries() throws Exception {
    try (var relay = new Relay(setting)) {
      relay.serve(
          Protocol.TCP,
          relay.nobody(Protocol.TCP),
          relay.nobody(Protocol.TCP),
          relay.nobody(Protocol.TCP),
          relay.nobody(Protocol.TCP),
          relay.nobody(Protocol.TCP));
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.CONNECT_FAILED, 1);
      assertThat(relay.registry.get("thalassa.lb.selections").counter().count())
          .isEqualTo(RelayLimits.DEFAULT.connectTries());
      assertThat(relay.open()).isZero();
    }
  }

  @Test
  void clientIsResetWhenNobodyServes() throws Exception {
    try (var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP);
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.NO_TARGET, 1);
    }
  }

  @Test
  void whatTheClientSentWhileTargetsWereTriedIsNotLost() throws Exception {
    try (var silent = new Silent();
        var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting, RelayLimits.DEFAULT.withConnectTimeout(SHORT))) {
      relay.serve(Protocol.TCP, silent.address(), target.address());
      var sent = new byte[200_000];
      for (int i = 0; i < 2; i++) {
        try (var client = relay.connect()) {
          client.getOutputStream().write(sent);
          client.shutdownOutput();
          assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        }
      }
    }
  }

  /** Listens, but its queue is full: the system drops further attempts without an answer. */
  private final class Silent implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, setting.loopback());
    private final List<SocketChannel> queue = new ArrayList<>();

    Silent() throws IOException {
      for (int i = 0; i < 4; i++) {
        var waiting = SocketChannel.open();
        waiting.configureBlocking(false);
        waiting.connect(address());
        queue.add(waiting);
      }
      assertThatThrownBy(() -> new Socket().connect(address(), 200))
          .isInstanceOf(IOException.class);
    }

    InetSocketAddress address() {
      return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
      for (var waiting : queue) {
        waiting.close();
      }
      server.close();
    }
  }
}
