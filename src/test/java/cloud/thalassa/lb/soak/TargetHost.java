package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A machine with targets for TCP and for UDP, which dies at times and comes back. */
final class TargetHost {
  static final int PORT = 9000;

  /** From that one on: as many as a range of ports has. */
  static final int PORTS = 4;

  private static final int BACKLOG = 4096;
  private static final int ACCEPTS = 64;
  private static final long TURN = TimeUnit.SECONDS.toNanos(1);

  final int number;
  final InetAddress address;
  private final boolean strange;
  private final Reactor reactor;
  private final Crowd crowd;
  private final DatagramTarget datagrams;
  private final Fuzz fuzz;
  private final Set<SocketChannel> unknown = new HashSet<>();
  private final List<AbstractSelectableChannel> listening = new ArrayList<>();
  private long killedAt;
  private boolean killed;

  /**
   * @param strange what it answers makes no sense
   */
  TargetHost(int number, boolean strange, Reactor reactor, Crowd crowd, Flows flows, Fuzz fuzz) {
    this.number = number;
    this.strange = strange;
    this.reactor = reactor;
    this.crowd = crowd;
    this.fuzz = fuzz;
    this.datagrams = new DatagramTarget(number, strange, reactor, flows);
    this.address = address(number);
  }

  static InetAddress address(int number) {
    return InetAddress.ofLiteral("127.0.1." + number);
  }

  void open() {
    try {
      for (var port = PORT; port < PORT + PORTS; port++) {
        listen(new InetSocketAddress(address, port));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(this + " could not listen", e);
    }
  }

  private void listen(InetSocketAddress at) throws IOException {
    var server = ServerSocketChannel.open();
    listening.add(server);
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(at, BACKLOG);
    reactor.register(server, SelectionKey.OP_ACCEPT, _ -> accept(server));
    var socket = DatagramChannel.open();
    listening.add(socket);
    socket.bind(at);
    reactor.register(socket, SelectionKey.OP_READ, _ -> datagrams.receive(socket, at.getPort()));
  }

  boolean alive() {
    return !listening.isEmpty();
  }

  /** Everything ends at once, as when the machine's program is killed. */
  void kill() {
    killed = true;
    killedAt = System.nanoTime();
    try {
      for (var channel : listening) {
        channel.close();
      }
      listening.clear();
      for (var channel : unknown) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      }
      unknown.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    crowd.killed(this);
  }

  /** It is dead, or died after that moment. */
  boolean killedSince(long then) {
    return killed && !alive() || diedSince(then);
  }

  /** A socket that was closed still takes connections until the selector's next turn. */
  boolean diedSince(long then) {
    return killed && killedAt + TURN - then > 0;
  }

  private void accept(ServerSocketChannel server) {
    try {
      for (var i = 0; i < ACCEPTS; i++) {
        var channel = server.accept();
        if (channel == null) {
          return;
        }
        if (strange) {
          fuzz.adopt(channel);
        } else {
          unknown.add(channel);
          reactor.register(channel, SelectionKey.OP_READ, new Arrival(channel, this));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(this + " could not accept", e);
    }
  }

  /** It said which conversation it belongs to; what follows is its stream. */
  void client(SocketChannel channel, long id, Arrival.Header header, ByteBuffer rest)
      throws IOException {
    unknown.remove(channel);
    if (id == Impostors.ID) {
      crowd.betrayed(this);
    }
    var conversation = crowd.find(id);
    var end = conversation == null ? null : conversation.join(channel, this, header);
    if (end == null) {
      channel.close(); // its client left before it came here
      return;
    }
    end.take(rest);
    if (!end.gone) {
      end.start();
      end.send(conversation.random.nextInt(2000));
    }
  }

  /** It is none of the crowd. */
  void stranger(SocketChannel channel) {
    unknown.remove(channel);
    fuzz.adopt(channel);
  }

  void forget(SocketChannel channel) {
    unknown.remove(channel);
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "target " + number;
  }
}
