package cloud.thalassa.lb.healthchecker.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.healthchecker.judge.Pulse;
import cloud.thalassa.lb.healthchecker.judge.Pulse.Verdict;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a held connection, on real sockets. */
class LifelinesTest {
  private final Vertx vertx = Vertx.vertx();
  private final VertxLifelines lifelines = new VertxLifelines(vertx, 1);
  private final Heard heard = new Heard();

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void aReplicaIsAskedOverOneConnection() throws IOException {
    try (var replica = new Process(0)) {
      hold(replica.port());
      heard.await(Verdict.ALIVE);
      await().until(() -> replica.answers.get() >= 4);
      assertThat(replica.accepted.get()).isEqualTo(1);
      assertThat(heard.pulses).as("told once").hasSize(1);
    }
  }

  @Test
  void aReplicaThatIsKilledIsDeadAtOnceAndComesBack() throws IOException {
    int port;
    try (var replica = new Process(0)) {
      port = replica.port();
      hold(port);
      heard.await(Verdict.ALIVE);
    }
    heard.await(Verdict.DEAD);
    assertThat(heard.last().reason()).isEqualTo("connection refused");
    try (var again = new Process(port)) {
      heard.await(Verdict.ALIVE);
    }
  }

  @Test
  void aReplicaThatClosesAConnectionAndLivesIsNotDead() throws IOException {
    try (var replica = new Process(0)) {
      hold(replica.port());
      heard.await(Verdict.ALIVE);
      replica.closeConnections();
      await().until(() -> replica.accepted.get() == 2);
      var answers = replica.answers.get();
      await().until(() -> replica.answers.get() > answers + 1);
      assertThat(heard.pulses).hasSize(1);
    }
  }

  @Test
  void aReplicaThatIsFrozenIsDeadWhenItWasSilentAndComesBack() throws IOException {
    try (var replica = new Process(0)) {
      hold(replica.port());
      heard.await(Verdict.ALIVE);
      replica.frozen = true;
      heard.await(Verdict.DEAD);
      assertThat(heard.last().reason()).startsWith("no answer for 1");
      replica.frozen = false;
      heard.await(Verdict.ALIVE);
    }
  }

  @Test
  void whoNeverServedIsNotDead() throws IOException {
    try (var replica = new Process(0)) {
      replica.status = 503;
      hold(replica.port());
      await().until(() -> replica.answers.get() >= 3);
      assertThat(heard.pulses).isEmpty();
      replica.status = 200;
      heard.await(Verdict.ALIVE);
    }
  }

  @Test
  void confirmsWhoAnswers() throws IOException {
    try (var replica = new Process(0)) {
      var line = hold(replica.port());
      heard.await(Verdict.ALIVE);
      line.confirm();
      await().until(() -> heard.confirmations.get() == 1);
    }
  }

  @Test
  void aReleasedLineEndsAndIsSilent() throws IOException {
    try (var replica = new Process(0)) {
      var line = hold(replica.port());
      heard.await(Verdict.ALIVE);
      line.close();
      await().until(() -> replica.connections.isEmpty());
    }
    assertThat(heard.pulses).hasSize(1);
  }

  private Lifelines.Held hold(int port) {
    return lifelines.hold("127.0.0.1", port, heard);
  }

  private static final class Heard implements Lifelines.Listener {
    final List<Pulse> pulses = new CopyOnWriteArrayList<>();
    final AtomicInteger confirmations = new AtomicInteger();

    @Override
    public void changed(Pulse pulse, long since) {
      pulses.add(pulse);
    }

    @Override
    public void confirmed() {
      confirmations.incrementAndGet();
    }

    Pulse last() {
      return pulses.isEmpty() ? Pulse.UNKNOWN : pulses.getLast();
    }

    void await(Verdict verdict) {
      org.awaitility.Awaitility.await("it is " + verdict).until(() -> last().verdict() == verdict);
    }
  }

  /** The management port of a replica; closed, it is gone as a killed process is. */
  private static final class Process implements AutoCloseable {
    final List<Socket> connections = new CopyOnWriteArrayList<>();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger answers = new AtomicInteger();
    volatile boolean frozen;
    volatile int status = 200;
    private final ServerSocket server;

    Process(int port) throws IOException {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new java.net.InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    void closeConnections() throws IOException {
      for (var connection : connections) {
        connection.close();
      }
    }

    private void accept() {
      try {
        while (true) {
          var connection = server.accept();
          connections.add(connection);
          accepted.incrementAndGet();
          Thread.ofPlatform().daemon().start(() -> serve(connection));
        }
      } catch (IOException closed) {
        // gone
      }
    }

    private void serve(Socket connection) {
      try (connection) {
        var head = new StringBuilder();
        for (int b; (b = connection.getInputStream().read()) >= 0; ) {
          head.append((char) b);
          if (head.toString().endsWith("\r\n\r\n")) {
            assertThat(head).startsWith("GET /serving HTTP/1.1\r\n");
            head.setLength(0);
            if (!frozen) {
              answers.incrementAndGet();
              connection
                  .getOutputStream()
                  .write("HTTP/1.1 %d x\r\ncontent-length: 0\r\n\r\n".formatted(status).getBytes());
            }
          }
        }
      } catch (IOException gone) {
        // the other side is gone
      } finally {
        connections.remove(connection);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      closeConnections();
    }
  }
}
