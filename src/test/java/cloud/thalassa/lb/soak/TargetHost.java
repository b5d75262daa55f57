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
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A machine with a target for TCP and one for UDP, which dies at times and comes back. */
final class TargetHost {
  static final int PORT = 9000;
  private static final int BACKLOG = 4096;
  private static final int ACCEPTS = 64;

  final int number;
  final InetAddress address;
  private final boolean strange;
  private final Reactor reactor;
  private final Crowd crowd;
  private final DatagramTarget datagrams;
  private final Fuzz fuzz;
  private final Set<SocketChannel> unknown = new HashSet<>();
  private @Nullable ServerSocketChannel server;
  private @Nullable DatagramChannel socket;
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
      var server = ServerSocketChannel.open();
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(new InetSocketAddress(address, PORT), BACKLOG);
      reactor.register(server, SelectionKey.OP_ACCEPT, _ -> accept(server));
      var socket = DatagramChannel.open();
      socket.bind(new InetSocketAddress(address, PORT));
      reactor.register(socket, SelectionKey.OP_READ, _ -> datagrams.receive(socket));
      this.server = server;
      this.socket = socket;
    } catch (IOException e) {
      throw new UncheckedIOException(this + " could not listen", e);
    }
  }

  boolean alive() {
    return server != null;
  }

  /** Everything ends at once, as when the machine's program is killed. */
  void kill() {
    killed = true;
    killedAt = System.nanoTime();
    try {
      if (server != null && socket != null) {
        server.close();
        socket.close();
      }
      server = null;
      socket = null;
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
    return killed && (!alive() || killedAt - then > 0);
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
