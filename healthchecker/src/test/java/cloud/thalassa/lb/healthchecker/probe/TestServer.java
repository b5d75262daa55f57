package cloud.thalassa.lb.healthchecker.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback with the manners that a test gives it. */
final class TestServer implements AutoCloseable {
  interface Manners {
    void serve(Socket socket) throws IOException;
  }

  /** Never counted down: waiting on it is how a server takes its time. */
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final ServerSocket server;
  private final Manners manners;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  private Thread acceptor;

  private TestServer(ServerSocket server, Manners manners) {
    this.server = server;
    this.manners = manners;
  }

  static TestServer on(String address, Manners manners) throws IOException {
    var server = new TestServer(new ServerSocket(0, 200, InetAddress.ofLiteral(address)), manners);
    server.acceptor = Thread.ofPlatform().daemon().start(server::accept);
    return server;
  }

  static TestServer answering(String answer, CompletableFuture<String> request) throws IOException {
    return answering("127.0.0.1", answer, request);
  }

  static TestServer answering(String address, String answer, CompletableFuture<String> request)
      throws IOException {
    return on(
        address,
        socket -> {
          var text = readRequest(socket);
          if (request != null) {
            request.complete(text);
          }
          write(socket, answer);
        });
  }

  static void readUntilClosed(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {}
  }

  static void readOnce(Socket socket) throws IOException {
    readRequest(socket);
  }

  static void reset(Socket socket) throws IOException {
    readRequest(socket);
    socket.setSoLinger(true, 0);
  }

  static void flood(Socket socket, String beginning) throws IOException {
    readRequest(socket);
    write(socket, beginning);
    while (true) {
      write(socket, "x".repeat(4096));
    }
  }

  static void trickle(Socket socket) throws IOException {
    while (true) {
      write(socket, "H");
      pause(20);
    }
  }

  static void slowly(Socket socket) throws IOException {
    for (var part : "HTTP/1.1 |200| OK|\r|\n".split("\\|")) {
      pause(60);
      write(socket, part);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int open() {
    return open.get();
  }

  int mostOpen() {
    return mostOpen.get();
  }

  /** Afterwards the port is closed for good. */
  @Override
  public void close() throws Exception {
    server.close();
    acceptor.join();
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      manners.serve(socket);
    } catch (IOException gone) {
      // the client is gone
    } finally {
      open.decrementAndGet();
    }
  }

  private static String readRequest(Socket socket) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      var b = socket.getInputStream().read();
      if (b < 0) {
        break;
      }
      text.append((char) b);
    }
    return text.toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void pause(long millis) throws IOException {
    try {
      NEVER.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
