package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Clients and targets that send anything at any time: nothing is expected but that others do not
 * notice.
 */
final class Fuzz {
  private static final int CLIENTS = 30;
  private static final int LONGEST_DATAGRAM = 65_507;

  private final Reactor reactor;
  private final Ledger ledger;
  private final List<Place> places;
  private final SplittableRandom random;
  private final Set<FuzzPeer> peers = new HashSet<>();
  private boolean running;

  Fuzz(Reactor reactor, Ledger ledger, List<Place> places) {
    this.reactor = reactor;
    this.ledger = ledger;
    this.places = places;
    this.random = reactor.random();
  }

  void start() {
    running = true;
    reactor.every(50, this::open);
    reactor.every(200, this::datagrams);
  }

  void leave() {
    running = false;
    List.copyOf(peers).forEach(FuzzPeer::end);
  }

  private Place place(boolean tcp) {
    while (true) {
      var place = places.get(random.nextInt(places.size()));
      if (place.tcp() == tcp && place.presence.here()) {
        return place;
      }
    }
  }

  private void open() {
    if (!running || peers.size() >= 2 * CLIENTS) {
      return;
    }
    try {
      var channel = SocketChannel.open();
      reactor.register(
          channel,
          SelectionKey.OP_CONNECT,
          key -> {
            try {
              channel.finishConnect();
              key.interestOps(0);
              adopt(channel);
            } catch (IOException e) {
              close(channel);
            }
          });
      channel.connect(new InetSocketAddress(Place.ADDRESS, place(true).port));
    } catch (IOException e) {
      // refused at once: of a listener that is not there now
    }
  }

  /** From here on the connection is a strange one. */
  void adopt(SocketChannel channel) {
    if (!running) {
      close(channel);
      return;
    }
    ledger.fuzzConnections++;
    var peer = new FuzzPeer(channel, reactor, peers::remove);
    peers.add(peer);
    peer.start();
  }

  private void datagrams() {
    if (!running) {
      return;
    }
    try (var channel = DatagramChannel.open()) {
      channel.connect(new InetSocketAddress(Place.ADDRESS, place(false).port));
      for (var i = random.nextInt(5); i >= 0; i--) {
        channel.write(datagram(reactor.buffer, random));
        ledger.fuzzDatagrams++;
      }
    } catch (IOException e) {
      // refused: of a listener that is not there now
    }
  }

  /** Empty, or of any length up to the longest, with any bytes. */
  static ByteBuffer datagram(ByteBuffer buffer, SplittableRandom random) {
    var length =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> LONGEST_DATAGRAM - random.nextInt(40);
          default -> random.nextInt(2000);
        };
    buffer.clear().limit(length);
    new Stream(random.nextLong()).fill(buffer, 0);
    return buffer.flip();
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nobody cares
    }
  }
}
