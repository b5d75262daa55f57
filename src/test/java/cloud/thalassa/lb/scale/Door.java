package cloud.thalassa.lb.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every target there is: takes who comes, on all addresses, and notes when. */
final class Door implements AutoCloseable {
  private final ServerSocket server;
  private final Map<InetAddress, Long> last = new HashMap<>();
  private List<Double> intervals = new ArrayList<>();

  Door(int port) {
    try {
      server = new ServerSocket(port, 4096);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("door").start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        note(socket.getLocalAddress());
        Thread.ofVirtual().start(() -> see(socket));
      } catch (IOException e) {
        // closed, or a client that was gone before its turn
      }
    }
  }

  private synchronized void note(InetAddress target) {
    var now = System.nanoTime();
    var before = last.put(target, now);
    if (before != null) {
      intervals.add((now - before) / 1e6);
    }
  }

  private static void see(Socket socket) {
    try (socket) {
      while (socket.getInputStream().read() >= 0) {
        // until the client has left
      }
    } catch (IOException e) {
      // or broken off
    }
  }

  /** Milliseconds between two visits to one target, of all visits since the last call. */
  synchronized List<Double> intervals() {
    var taken = intervals;
    intervals = new ArrayList<>();
    return taken.stream().sorted().toList();
  }

  synchronized int targets() {
    return last.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
