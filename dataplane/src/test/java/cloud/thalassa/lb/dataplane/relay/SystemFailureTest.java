package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.epoll.FailingSystem;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system that has no more of something costs whoever needed it, and nobody else. */
@Timeout(60)
class SystemFailureTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int EAGAIN = 11;
  private static final int ENOMEM = 12;
  private static final int ENFILE = 23;
  private static final int EMFILE = 24;
  private static final int ENOSYS = 38;
  private static final int EADDRNOTAVAIL = 99;

  private final FailingSystem system = new FailingSystem();

  @ParameterizedTest
  @ValueSource(ints = {EMFILE, ENFILE, ENOMEM})
  void clientsWaitWhileNobodyCanBeAccepted(int errno) throws Exception {
    try (var target = TcpTarget.echo(LOOPBACK);
        var relay = relay()) {
      relay.serve(Protocol.TCP, target.address());
      system.fail("accept", errno, 1);
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
      assertThat(relay.registry.get("thalassa.lb.accept.pauses").counter().count()).isOne();
    }
  }

  @Test
  void whoWasAcceptedGetsTheDescriptorInReserve() throws Exception {
    try (var target = TcpTarget.echo(LOOPBACK);
        var relay = relay()) {
      relay.serve(Protocol.TCP, target.address());
      system.fail("socket", EMFILE, 1);
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
      assertThat(system.hasFailed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socket", "connect", "epollCtl"})
  void targetThatCannotBeConnectedIsPassedOver(String call) throws Exception {
    try (var target = TcpTarget.echo(LOOPBACK);
        var other = TcpTarget.echo(LOOPBACK);
        var relay = relay()) {
      relay.serve(Protocol.TCP, target.address(), other.address());
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
      system.fail(call, call.equals("connect") ? EADDRNOTAVAIL : ENOMEM, 1);
      if (call.equals("epollCtl")) {
        assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      }
      try (var client = relay.connect()) {
        Talk.echoes(client);
      }
      assertThat(system.hasFailed()).isTrue();
    }
  }

  @Test
  void ephemeralPortsThatAreUsedUpRefuseTheConnectionWithItsReason() throws Exception {
    try (var target = TcpTarget.echo(LOOPBACK);
        var relay = relay()) {
      relay.serve(Protocol.TCP, target.address());
      system.fail("connect", EADDRNOTAVAIL, 1);
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.CONNECT_FAILED, 1);
      assertThat(relay.open()).isZero();
    }
  }

  @Test
  void withoutPipesBulkIsCopied() throws Exception {
    try (var target = TcpTarget.echo(LOOPBACK);
        var relay = relay()) {
      relay.serve(Protocol.TCP, target.address());
      system.fail("pipe", EMFILE, 1000);
      echoesInBulk(relay);
    }
  }

  @Test
  void withoutBuffersBytesWaitInTheSockets() throws Exception {
    try (var target = TcpTarget.echo(LOOPBACK);
        var relay =
            new Relay(
                LOOPBACK,
                system::start,
                RelayLimits.DEFAULT.withLoopBufferedBytes(0),
                FlowLog.OFF)) {
      relay.serve(Protocol.TCP, target.address());
      system.fail("pipe", EMFILE, Integer.MAX_VALUE);
      echoesInBulk(relay);
    }
  }

  @Test
  void whatTheSystemForbidsIsSaid() throws Exception {
    var vertx = Vertx.vertx();
    system.fail("epollCreate", ENOSYS, 1);
    assertThatThrownBy(
            () ->
                system.start(
                    vertx,
                    () -> RoutingTable.EMPTY,
                    new RelayMeters(new SimpleMeterRegistry(), FlowLog.OFF),
                    RelayLimits.DEFAULT))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("Function not implemented (epoll_create1)");
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socket", "connect", "epollCtl"})
  void flowWhoseSocketCannotBeHadGoesToTheNextTarget(String call) throws Exception {
    try (var target = UdpTarget.echo(LOOPBACK);
        var other = UdpTarget.echo(LOOPBACK);
        var relay = relay();
        var client = new UdpClient(LOOPBACK);
        var late = new UdpClient(LOOPBACK)) {
      relay.serve(Protocol.UDP, target.address(), other.address());
      assertThat(client.ask(relay.address(), "x")).isEqualTo("x");
      system.fail(call, EMFILE, 1);
      assertThat(late.ask(relay.address(), "y")).isEqualTo("y");
      assertThat(system.hasFailed()).isTrue();
      assertThat(relay.registry.get("thalassa.lb.connect.failures").counter().count()).isOne();
      assertThat(client.ask(relay.address(), "z")).isEqualTo("z");
      assertThat(relay.open()).isEqualTo(2);
    }
  }

  @Test
  void datagramThatASocketDoesNotTakeIsDroppedAndCounted() throws Exception {
    try (var target = UdpTarget.echo(LOOPBACK);
        var relay = relay();
        var client = new UdpClient(LOOPBACK)) {
      relay.serve(Protocol.UDP, target.address());
      client.ask(relay.address(), "x");
      system.fail("send", EAGAIN, 1);
      system.fail("sendmmsg", EAGAIN, 1);
      client.send(relay.address(), "lost");
      await().until(() -> relay.count(DropReason.CONGESTED) == 1);
      assertThat(client.ask(relay.address(), "y")).isEqualTo("y");
    }
  }

  /** More than sockets hold, so that the relay has to wait for both of its peers. */
  private static void echoesInBulk(Relay relay) throws Exception {
    var sent = new byte[8 << 20];
    new Random(1).nextBytes(sent);
    try (var client = relay.connect()) {
      Thread.startVirtualThread(
          () -> {
            try {
              client.getOutputStream().write(sent);
              client.shutdownOutput();
            } catch (IOException e) {
              // the other side sees it
            }
          });
      await().until(() -> relay.open() == 1);
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
    }
  }

  private Relay relay() {
    return new Relay(LOOPBACK, system::start, RelayLimits.DEFAULT, FlowLog.OFF);
  }
}
