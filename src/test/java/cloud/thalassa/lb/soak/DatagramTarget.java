package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;

/** Answers the datagrams of flows, and of strangers in a strange way. */
final class DatagramTarget {
  private static final int RECEIVES = 64;

  private final int number;
  private final boolean strange;
  private final Reactor reactor;
  private final Flows flows;
  private final SplittableRandom random;

  DatagramTarget(int number, boolean strange, Reactor reactor, Flows flows) {
    this.number = number;
    this.strange = strange;
    this.reactor = reactor;
    this.flows = flows;
    this.random = reactor.random();
  }

  void receive(DatagramChannel socket, int port) {
    try {
      for (var i = 0; i < RECEIVES && socket.isOpen(); i++) {
        var bytes = reactor.buffer.clear();
        var from = socket.receive(bytes);
        if (from == null) {
          return;
        }
        answer(socket, port, from);
      }
    } catch (IOException e) {
      // an answer that nobody took: its flow has ended
    }
  }

  private void answer(DatagramChannel socket, int port, SocketAddress from) throws IOException {
    var bytes = reactor.buffer.flip();
    var header = Arrival.Header.read(bytes);
    if (!strange
        && !header.wrong()
        && bytes.remaining() >= Flow.HEAD
        && bytes.getLong() == Arrival.WORD) {
      var id = bytes.getLong();
      var sequence = bytes.getLong();
      if (flows.arrived(id, sequence, header, bytes, port)) {
        var answer = reactor.buffer.clear();
        answer.putLong(Arrival.WORD).putLong(id).putLong(sequence).putLong(number);
        answer.limit(answer.position() + Flow.length(random));
        Flow.answer(id, sequence).fill(answer, 0);
        socket.send(answer.flip(), from);
      }
    } else {
      for (var i = random.nextInt(3); i > 0; i--) {
        socket.send(Fuzz.datagram(reactor.buffer, random), from);
      }
    }
  }
}
