import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two small HTTP servers and a UDP echo, standing for pods. */
class Backends {
  private static final Duration PAUSE = Duration.ofSeconds(20);

  public static void main(String[] args) throws Exception {
    try {
      new Backends("web-1", "127.0.0.2", 9081).start();
      new Backends("web-2", "127.0.0.3", 9081).start();
      var socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 5301));
      System.out.println("demo is up");
      echo(socket);
    } catch (IOException e) {
      System.err.println("demo backends: " + e.getMessage() + " (127.0.0.2:9081, 127.0.0.3:9081, UDP 127.0.0.1:5301)");
      System.exit(1);
    }
  }

  private final String name;
  private final InetSocketAddress address;

  private Backends(String name, String host, int port) {
    this.name = name;
    this.address = new InetSocketAddress(host, port);
  }

  private void start() throws IOException {
    var server = HttpServer.create(address, 0);
    server.createContext("/", exchange -> answer(exchange, "hello from " + name));
    server.createContext(
        "/stop",
        exchange -> {
          answer(exchange, name + " is gone for " + PAUSE.toSeconds() + " seconds");
          CompletableFuture.runAsync(() -> server.stop(0));
          CompletableFuture.delayedExecutor(PAUSE.toSeconds(), TimeUnit.SECONDS).execute(this::comeBack);
        });
    server.start();
  }

  private void comeBack() {
    try {
      start();
    } catch (IOException e) {
      System.err.println(name + " does not come back: " + e.getMessage());
    }
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    var body = (text + "\n").getBytes();
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void echo(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    while (true) {
      packet.setLength(packet.getData().length);
      socket.receive(packet);
      socket.send(packet);
    }
  }
}
