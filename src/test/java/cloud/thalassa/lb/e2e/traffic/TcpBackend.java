package cloud.thalassa.lb.e2e.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends its name and a line break on accept, then echoes until the client has sent all. */
final class TcpBackend implements Backend {
  private final String name;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong served = new AtomicLong();

  private TcpBackend(String name, ServerSocket server) {
    this.name = name;
    this.server = server;
  }

  static TcpBackend open(String name, String address, int port) {
    try {
      var server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(address, port), 1024);
      var backend = new TcpBackend(name, server);
      Thread.ofVirtual().name(name).start(backend::accept);
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not listen on " + address + ":" + port, e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // closed, or a client that was gone before its turn
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var out = socket.getOutputStream();
      out.write((name + "\n").getBytes());
      var in = socket.getInputStream();
      var buffer = new byte[16 * 1024];
      var counted = false;
      for (int n; (n = in.read(buffer)) > 0; ) {
        if (!counted) {
          served.incrementAndGet();
          counted = true;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // health checks and killed clients end like this
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public long served() {
    return served.get();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
