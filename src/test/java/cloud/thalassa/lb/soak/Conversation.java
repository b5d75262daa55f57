package cloud.thalassa.lb.soak;

import cloud.thalassa.lb.soak.Ledger.Cause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection through the balancer with both its ends in this process, so that each byte and each
 * end of one side is known to the other.
 */
final class Conversation {
  /** For a byte, an end or an answer to come through, on a machine that has much to do. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  /** A header has to be there within three seconds. */
  private static final int MOST_BETWEEN_PIECES_MILLIS = 500;

  final long id;
  final Place place;
  final End client;
  final SplittableRandom random;
  final InetSocketAddress clientAddress;
  @Nullable End target;

  private final Crowd crowd;
  private final Ledger ledger;
  private final Stream toClient;
  private final Reactor reactor;
  private final long startedAt;
  private Pool.@Nullable Member member;
  private boolean over;

  /** Why the first of its ends was cut, after which the other must be; and since when. */
  private @Nullable Cause severed;

  private long severedAt;

  /**
   * @param startedAt when its client began to connect
   */
  Conversation(
      long id,
      Place place,
      SocketChannel channel,
      SplittableRandom random,
      long startedAt,
      Crowd crowd,
      Ledger ledger,
      Reactor reactor)
      throws IOException {
    this.id = id;
    this.place = place;
    this.random = random;
    this.startedAt = startedAt;
    this.crowd = crowd;
    this.ledger = ledger;
    this.reactor = reactor;
    clientAddress =
        place.accepting ? Upstream.client(random) : (InetSocketAddress) channel.getLocalAddress();
    client = new End("client", channel, this, reactor, new Stream(random.nextLong()));
    toClient = new Stream(random.nextLong());
  }

  /** It says who it is, and then its stream begins; the header of an upstream may come in two. */
  void introduce(SocketChannel channel) throws IOException {
    var bytes = introduction();
    var whole = bytes.limit();
    if (!place.accepting || random.nextInt(4) > 0) {
      begin(channel, bytes);
      return;
    }
    reactor.register(channel, 0, _ -> {});
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.write(bytes.limit(1 + random.nextInt(whole - 1)));
    reactor.in(
        random.nextInt(MOST_BETWEEN_PIECES_MILLIS),
        () -> {
          try {
            if (!over) {
              begin(channel, bytes.limit(whole));
            }
          } catch (IOException e) {
            broken(client, e);
          }
        });
  }

  private void begin(SocketChannel channel, ByteBuffer introduction) throws IOException {
    channel.write(introduction);
    client.start();
    client.send(random.nextInt(2000));
  }

  private ByteBuffer introduction() {
    var header = place.accepting ? Upstream.header(clientAddress, place.port, random) : new byte[0];
    return ByteBuffer.allocate(header.length + Arrival.PRELUDE)
        .put(header)
        .putLong(Arrival.WORD)
        .putLong(id)
        .flip();
  }

  /** A target took it; null: it should not have. */
  @Nullable End join(SocketChannel channel, TargetHost host, Arrival.Header header)
      throws IOException {
    var by = place.pool.member(host);
    if (!header.names(place, clientAddress)) {
      fail(client, "has a PROXY header that says " + header);
      return null;
    }
    var port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    if (port != place.targetPort()) {
      fail(client, "came to port " + port + " of its target");
      return null;
    }
    if (target != null || by == null) {
      fail(client, "was taken by " + host + (by == null ? ", which is not in its pool" : " too"));
      return null;
    }
    var joined = new End("target", channel, this, reactor, toClient);
    target = joined;
    member = by;
    ledger.live++;
    return joined;
  }

  /** The host ends, with everybody who is there. */
  void killed(TargetHost host) {
    if (target != null && member != null && member.host == host) {
      target.reset(Cause.TARGET_KILLED);
    }
  }

  boolean over() {
    return over;
  }

  /** Nothing more is to happen on it than that it ends. */
  boolean ending() {
    return over || severed != null;
  }

  void received(End end, ByteBuffer bytes, long from) {
    ledger.bytes += bytes.remaining();
    var other = other(end);
    var wrong = other == null ? from : other.check(bytes, from);
    if (wrong >= 0) {
      fail(end, "got a wrong byte at offset " + wrong);
    } else if (other != null && end.received > other.sent) {
      fail(end, "got more bytes than were sent");
    }
  }

  /** One of its ends has sent all it will. */
  void finished() {
    var target = this.target;
    if (target != null && done(client) && done(target)) {
      conclude(severed == null ? Cause.FINISHED : severed);
    }
  }

  private static boolean done(End end) {
    return end.gone || (end.sawEnd && end.finished);
  }

  /** The other side sent all it will, as this end sees it. */
  void ended(End end) {
    var other = other(end);
    if (other == null) {
      fail(end, "saw an end, though no target ever took it");
    } else if (!other.finished && other.left == null) {
      fail(end, "saw an end that the other side did not make");
    } else if (end.received != other.sent) {
      fail(end, "saw an end after %d of %d bytes".formatted(end.received, other.sent));
    } else {
      reactor.in(random.nextInt(1500), end::finish);
      finished();
    }
  }

  void broken(End end, IOException how) {
    var cause = severed == null ? cause(end) : severed;
    var other = other(end);
    if (cause == null) {
      fail(end, "was cut: " + how.getMessage());
    } else if (other == null || other.gone) {
      conclude(cause);
    } else {
      severed = cause;
      severedAt = System.nanoTime();
    }
  }

  /** What the driver did that explains the loss of this end; null: nothing. */
  private @Nullable Cause cause(End end) {
    var now = System.nanoTime();
    var other = other(end);
    if (other != null && other.left != null) {
      return other.left;
    }
    if (member != null && member.presence.explainsCut(now)) {
      return Cause.TARGET_LEFT;
    }
    if (place.presence.explainsCut(now)) {
      return Cause.LISTENER_LEFT;
    }
    return target == null ? causeBeforeTarget(now) : null;
  }

  private @Nullable Cause causeBeforeTarget(long now) {
    if (place.pool.members.stream().anyMatch(m -> m.host.killedSince(startedAt))) {
      return Cause.TARGET_KILLED; // it waited for the target to accept it
    }
    return place.mayRefuse(now);
  }

  /** What was in flight with it goes with it. */
  private void conclude(Cause cause) {
    if (!over) {
      ledger.explained(cause);
      close();
    }
  }

  private void fail(End end, String what) {
    if (!over) {
      ledger.unexplained("%s: its %s %s".formatted(this, end.side, what));
      close();
    }
  }

  private void close() {
    over = true;
    client.close();
    if (target != null) {
      target.close();
      ledger.live--;
    }
    crowd.remove(this);
  }

  /** The driver ends: not a thing that happens to it. */
  void drop() {
    if (!over) {
      close();
    }
  }

  /** Looks for what should have happened and did not. */
  void inspect(long now) {
    var target = this.target;
    if (target == null) {
      if (client.left != null) {
        conclude(client.left);
      } else if (now - startedAt > PATIENCE) {
        fail(client, "is connected, and no target has taken it");
      }
      return;
    }
    var left = client.left != null ? client.left : target.left;
    if (left != null && done(client) && done(target)) {
      conclude(left); // neither end is there to see what the other did
      return;
    }
    if (severed != null) {
      inspectSevered(target.gone ? client : target, severed, now);
      return;
    }
    if (place.presence.overdue(now) || (member != null && member.presence.overdue(now))) {
      fail(client, "outlived the drain timeout");
    }
    inspect(client, target, now);
    inspect(target, client, now);
  }

  /** One that saw an end before learns of a cut only by sending. */
  private void inspectSevered(End rest, Cause cause, long now) {
    if (rest.gone || (rest.sawEnd && rest.finished)) {
      conclude(cause);
    } else if (now - severedAt > PATIENCE) {
      fail(rest, "still lives, though its other side was cut (%s)".formatted(cause));
    } else if (rest.sawEnd) {
      rest.send(1);
    }
  }

  private void inspect(End end, End other, long now) {
    if (end.waits(other, now) < PATIENCE) {
      return;
    }
    var missing = other.sent - end.received;
    fail(
        end,
        other.left != null
            ? "still lives, though the other side broke it off (%s)".formatted(other.left)
            : missing > 0
                ? "waits for %d bytes that were sent".formatted(missing)
                : "waits for the end that the other side made");
  }

  private @Nullable End other(End end) {
    return end == client ? target : client;
  }

  @Override
  public String toString() {
    return "connection %d of %s%s, %.1f s old"
        .formatted(
            id,
            place,
            member == null ? "" : " to " + member.host,
            (System.nanoTime() - startedAt) / 1e9);
  }
}
