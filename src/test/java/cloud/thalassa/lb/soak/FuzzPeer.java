package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One end of a connection that does anything. */
final class FuzzPeer {
  /** What a reader of headers may take for the start of one. */
  private static final List<byte[]> LURES =
      List.of(
          "PROXY TCP4 ".getBytes(),
          "PROXY UNKNOWN\r\n".getBytes(),
          "PROXY TCP4 10.9.1.1 127.0.0.1 1 2\r\n".getBytes(),
          "PROXY TCP4 300.1.1.1 1.1.1.1 1 99999\r\n".getBytes(),
          "PROXY TCP6 ::1 ::1 1 2\r\n".getBytes(),
          HexFormat.of().parseHex("0d0a0d0a000d0a515549540a"),
          HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111ffff"),
          HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000"));

  private final SocketChannel channel;
  private final Reactor reactor;
  private final SplittableRandom random;
  private final Consumer<FuzzPeer> ended;
  private int steps;

  FuzzPeer(SocketChannel channel, Reactor reactor, Consumer<FuzzPeer> ended) {
    this.channel = channel;
    this.reactor = reactor;
    this.random = reactor.random();
    this.ended = ended;
    steps = random.nextInt(12);
  }

  void start() {
    try {
      reactor.register(channel, random.nextInt(4) == 0 ? 0 : SelectionKey.OP_READ, _ -> read());
      if (random.nextInt(3) == 0) {
        channel.write(ByteBuffer.wrap(LURES.get(random.nextInt(LURES.size()))));
      }
      step();
    } catch (IOException e) {
      end();
    }
  }

  private void read() {
    try {
      if (channel.read(reactor.buffer.clear()) < 0) {
        end();
      }
    } catch (IOException e) {
      end();
    }
  }

  private void step() {
    if (!channel.isOpen()) {
      return;
    }
    if (steps-- <= 0) {
      end();
      return;
    }
    try {
      switch (random.nextInt(8)) {
        case 0 -> channel.shutdownOutput();
        case 1 -> channel.setOption(StandardSocketOptions.SO_LINGER, 0); // its end will be a reset
        default -> {
          var bytes = reactor.buffer.clear().limit(1 << random.nextInt(17));
          new Stream(random.nextLong()).fill(bytes, 0);
          channel.write(bytes.flip());
        }
      }
    } catch (IOException e) {
      end();
    }
    reactor.in(random.nextInt(400), this::step);
  }

  void end() {
    ended.accept(this);
    try {
      channel.close();
    } catch (IOException e) {
      // nobody cares
    }
  }
}
