package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who does not read makes his peer wait, and costs us no more than a bounded buffer. */
@OnEveryEngine
class BackPressureTest {
  private static final long OFFERED = 1L << 30;
  private static final int CONNECTIONS = 16;
  private static final long MEGABYTE = 1 << 20;

  /** Of the system, on both sides of both connections; it sizes them by itself. */
  private static final long SOCKET_BUFFERS = 32 * MEGABYTE;

  private final EngineUnderTest.Setting setting;

  BackPressureTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void targetThatDoesNotReadHoldsTheClientBack() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect();
          var server = target.take()) {
        offersToOneWhoDoesNotRead(client, server);
      }
    }
  }

  @Test
  void clientThatDoesNotReadHoldsTheTargetBack() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      try (var client = relay.connect();
          var server = target.take()) {
        offersToOneWhoDoesNotRead(server, client);
      }
    }
  }

  @Test
  void manyStalledConnectionsHoldBoundedMemoryWhateverTheSizeOfTheirWrites() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.TCP, target.address());
      var before = memory();
      var accepted = new AtomicLong();
      var sockets = new ArrayList<Socket>();
      for (int i = 0; i < CONNECTIONS; i++) {
        var client = relay.connect();
        client.setTcpNoDelay(true);
        client.setSendBufferSize(64 * 1024);
        sockets.add(client);
        var chunk = i % 2 == 0 ? 64 * 1024 : 100;
        Thread.startVirtualThread(() -> offer(client, chunk, accepted));
      }
      awaitStall(accepted);

      assertThat(memory() - before).isLessThan(CONNECTIONS * MEGABYTE / 2 + 16 * MEGABYTE);
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  private static void offersToOneWhoDoesNotRead(Socket sender, Socket reader) throws IOException {
    var before = memory();
    var accepted = new AtomicLong();
    Thread.startVirtualThread(() -> offer(sender, 64 * 1024, accepted));
    awaitStall(accepted);

    assertThat(accepted.get()).isLessThan(SOCKET_BUFFERS);
    assertThat(memory() - before).isLessThan(16 * MEGABYTE);

    var got = reader.getInputStream().readNBytes((int) (2 * SOCKET_BUFFERS));
    assertThat(got).hasSize((int) (2 * SOCKET_BUFFERS));
  }

  private static void offer(Socket sender, int chunk, AtomicLong accepted) {
    var bytes = new byte[chunk];
    try {
      while (accepted.get() < OFFERED) {
        sender.getOutputStream().write(bytes);
        accepted.addAndGet(chunk);
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private static void awaitStall(AtomicLong accepted) {
    var seen = new ArrayList<>(List.of(-1L));
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              seen.add(accepted.get());
              var size = seen.size();
              return size > 8 && seen.get(size - 8).equals(seen.getLast());
            });
  }

  /** In use, of the heap and outside it. */
  private static long memory() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
  }
}
