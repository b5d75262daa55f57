package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Upstreams that a listener trusts and that do not begin with a PROXY header: each has to be cut
 * before a target hears of it. Nobody else may spoil the count of them at that listener.
 */
final class Impostors {
  /** What it calls itself behind the wrong header: no target may ever read it. */
  static final long ID = -1;

  private static final int PERIOD_MILLIS = 100;

  /** The time that a header may take (3 s), and that of an end to come through. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3 + 20);

  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final List<byte[]> WRONG =
      List.of(
          text("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
          text("PROXY TCP4 300.1.1.1 1.1.1.1 1 2\r\n"),
          text("PROXY TCP4 10.9.0.1 127.0.0.1 1 65536\r\n"),
          text("PROXY TCP4 10.9.0.1 127.0.0.1 1\r\n"),
          text("PROXY TCP6 10.9.0.1 127.0.0.1 1 2\r\n"),
          text("PROXY UNIX 10.9.0.1 127.0.0.1 1 2\r\n"),
          text("PROXY TCP4 10.9.0.1 127.0.0.1 1 2\n\n"),
          text("PROXY UNKNOWN" + " ".repeat(120) + "\r\n"),
          text("proxy TCP4 10.9.0.1 127.0.0.1 1 2\r\n"),
          version2("1111000c0a0900017f00000100010002"), // version 1 in the frame of 2
          version2("2211000c0a0900017f00000100010002"), // an unknown command
          version2("2112000c0a0900017f00000100010002"), // of a datagram
          version2("2131000c0a0900017f00000100010002"), // of a path
          version2("2111000b0a0900017f00000100010002"), // shorter than its addresses
          version2("2111ffff0a0900017f00000100010002"), // longer than anybody allows
          HexFormat.of().parseHex("0d0a0d0a000d0a515549540d2111000c"));

  private final Place place;
  private final Reactor reactor;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final Set<Impostor> there = new HashSet<>();
  private boolean running;

  private int came;
  private int cut;

  Impostors(Place place, Reactor reactor, Ledger ledger) {
    this.place = place;
    this.reactor = reactor;
    this.ledger = ledger;
    random = reactor.random();
  }

  void start() {
    running = true;
    reactor.every(PERIOD_MILLIS, this::open);
    reactor.every(1000, () -> List.copyOf(there).forEach(Impostor::inspect));
  }

  void leave() {
    running = false;
    List.copyOf(there).forEach(Impostor::close);
  }

  /**
   * While nobody has left: all that were seen cut were cut for that, and nobody else was who goes
   * there.
   */
  void judge(Subject subject, List<String> problems) {
    var seen = cut;
    var counted =
        subject.metric(
            "thalassa_lb_rejections_total",
            "reason=\"BadProxyHeader\"",
            "listener=\"default/%s\"".formatted(place.name));
    if (seen == 0 || counted < seen || counted > came) {
      problems.add(
          "of %d upstreams with wrong headers %d were seen cut, and %d counted as BadProxyHeader"
              .formatted(came, seen, counted));
    }
  }

  @Override
  public String toString() {
    return "%d upstreams with wrong headers, %d of them cut".formatted(came, cut);
  }

  private void open() {
    if (!running) {
      return;
    }
    try {
      var impostor = new Impostor(SocketChannel.open());
      there.add(impostor);
      came++;
      reactor.register(impostor.channel, SelectionKey.OP_CONNECT, _ -> impostor.connected());
      impostor.channel.connect(new InetSocketAddress(Place.ADDRESS, place.port));
    } catch (IOException e) {
      ledger.unexplained("an impostor could not connect to %s: %s".formatted(place, e));
    }
  }

  /** A header that is none, or a part of one: the latter ends or falls silent. */
  private ByteBuffer lie(boolean partial) {
    if (partial) {
      var header = Upstream.header(Upstream.client(random), place.port, random);
      return ByteBuffer.wrap(header, 0, random.nextInt(header.length));
    }
    var wrong = WRONG.get(random.nextInt(WRONG.size()));
    return ByteBuffer.allocate(wrong.length + Arrival.PRELUDE)
        .put(wrong)
        .putLong(Arrival.WORD)
        .putLong(ID)
        .flip();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] version2(String rest) {
    return HexFormat.of().parseHex(SIGNATURE + rest);
  }

  private final class Impostor {
    private final SocketChannel channel;
    private final long startedAt = System.nanoTime();
    private String said = "nothing";

    Impostor(SocketChannel channel) {
      this.channel = channel;
    }

    void connected() {
      try {
        channel.finishConnect();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        reactor.register(channel, SelectionKey.OP_READ, _ -> read());
        var partial = random.nextInt(4) == 0;
        var lie = lie(partial);
        said = HexFormat.of().formatHex(lie.array(), 0, lie.limit());
        channel.write(lie);
        if (partial && random.nextBoolean()) {
          channel.shutdownOutput();
        }
      } catch (IOException e) {
        ledger.unexplained("an impostor was refused by %s: %s".formatted(place, e));
        close();
      }
    }

    private void read() {
      try {
        if (channel.read(reactor.buffer.clear()) > 0) {
          ledger.unexplained("an impostor at %s that said %s got bytes".formatted(place, said));
          close();
          return;
        }
      } catch (IOException reset) {
        // as good as an end
      }
      cut++;
      close();
    }

    void inspect() {
      if (System.nanoTime() - startedAt > PATIENCE) {
        ledger.unexplained("an impostor at %s that said %s was not cut".formatted(place, said));
        close();
      }
    }

    void close() {
      there.remove(this);
      try {
        channel.close();
      } catch (IOException e) {
        ledger.unexplained("an impostor could not be closed: " + e);
      }
    }
  }
}
