package cloud.thalassa.lb.dataplane.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that gives every connection to a handler on a thread of its own. */
final class TcpTarget implements AutoCloseable {
  interface Handler {
    void handle(Socket socket) throws Exception;
  }

  final AtomicInteger accepted = new AtomicInteger();
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Socket> queue = new LinkedBlockingQueue<>();

  /** Closes the socket after the handler. */
  static TcpTarget with(InetAddress address, Handler handler) throws IOException {
    return with(new InetSocketAddress(address, 0), handler);
  }

  /** At a port that the test knew before. */
  static TcpTarget with(InetSocketAddress address, Handler handler) throws IOException {
    return new TcpTarget(
        address,
        socket -> {
          try (socket) {
            handler.handle(socket);
          }
        });
  }

  /** Leaves the sockets to the test, which {@link #take}s them. */
  static TcpTarget manual(InetAddress address) throws IOException {
    return new TcpTarget(new InetSocketAddress(address, 0), null);
  }

  static TcpTarget echo(InetAddress address) throws IOException {
    return with(address, TcpTarget::echo);
  }

  /** At a port that the test knew before. */
  static TcpTarget echo(InetSocketAddress address) throws IOException {
    return with(address, TcpTarget::echo);
  }

  private static void echo(Socket socket) throws IOException {
    socket.getInputStream().transferTo(socket.getOutputStream());
  }

  private TcpTarget(InetSocketAddress address, Handler handler) throws IOException {
    server = new ServerSocket(address.getPort(), 1024, address.getAddress());
    Thread.startVirtualThread(() -> serve(handler));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  Socket take() throws InterruptedException {
    var socket = queue.poll(10, TimeUnit.SECONDS);
    if (socket == null) {
      throw new AssertionError("nobody connected");
    }
    return socket;
  }

  private void serve(Handler handler) {
    try {
      while (true) {
        var socket = server.accept();
        socket.setSoTimeout(30_000);
        accepted.incrementAndGet();
        sockets.add(socket);
        if (handler == null) {
          queue.add(socket);
        } else {
          Thread.startVirtualThread(() -> handle(handler, socket));
        }
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private static void handle(Handler handler, Socket socket) {
    try {
      handler.handle(socket);
    } catch (Exception e) {
      // what matters is what its client sees
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
