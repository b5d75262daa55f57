package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A UDP client: asks now and then, and knows what an answer has to be, and from whom. */
final class Flow {
  static final int HEAD = 24;
  private static final int ANSWER_HEAD = 32;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final long ALMOST_IDLE = TimeUnit.SECONDS.toNanos(3);

  final long id;
  final Place place;
  final InetSocketAddress address;
  private final DatagramChannel channel;
  private final Reactor reactor;
  private final Ledger ledger;
  private final Flows flows;
  private final SplittableRandom random;
  private long sequence;
  private int host;
  private long answeredAt = System.nanoTime();
  private long askedAt = answeredAt;
  private long unansweredSince;
  private int unanswered;
  private int questions;
  private boolean wasIdle;
  private boolean over;

  Flow(long id, Place place, Reactor reactor, Ledger ledger, Flows flows) throws IOException {
    this.id = id;
    this.place = place;
    this.reactor = reactor;
    this.ledger = ledger;
    this.flows = flows;
    random = reactor.random();
    questions = 10 + random.nextInt(60);
    channel = DatagramChannel.open();
    channel.connect(new InetSocketAddress(Place.ADDRESS, place.port));
    address = (InetSocketAddress) channel.getLocalAddress();
    reactor.register(channel, SelectionKey.OP_READ, _ -> receive());
  }

  /** Most datagrams are small; some are as long as they get. */
  static int length(SplittableRandom random) {
    return random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(1200);
  }

  static Stream question(long id, long sequence) {
    return new Stream(Stream.mix(id) + 2 * sequence);
  }

  static Stream answer(long id, long sequence) {
    return new Stream(Stream.mix(id) + 2 * sequence + 1);
  }

  void ask() {
    if (over) {
      return;
    }
    if (questions-- == 0) {
      close();
      return;
    }
    try {
      var now = System.nanoTime();
      wasIdle |= now - askedAt > ALMOST_IDLE;
      askedAt = now;
      var bytes = reactor.buffer.clear();
      bytes.putLong(Arrival.WORD).putLong(id).putLong(++sequence);
      bytes.limit(HEAD + length(random));
      question(id, sequence).fill(bytes, 0);
      channel.write(bytes.flip());
      ledger.datagramsSent++;
      if (unanswered++ == 0) {
        unansweredSince = now;
      }
      starved(now);
    } catch (IOException e) {
      refused(e);
    }
    reactor.in(random.nextInt(40) == 0 ? 8_000 : 100 + random.nextInt(1900), this::ask);
  }

  private void starved(long now) {
    if (unanswered > 5 && now - unansweredSince > PATIENCE && place.mayRefuse(now) == null) {
      ledger.unexplained(this + " had no answer to its last " + unanswered + " datagrams");
      close();
    }
  }

  private void receive() {
    try {
      while (!over) {
        var bytes = reactor.buffer.clear();
        if (channel.read(bytes) <= 0 && bytes.position() == 0) {
          return;
        }
        answered(bytes.flip());
      }
    } catch (IOException e) {
      refused(e);
    }
  }

  private void answered(ByteBuffer bytes) {
    var now = System.nanoTime();
    if (bytes.remaining() < ANSWER_HEAD
        || bytes.getLong() != Arrival.WORD
        || bytes.getLong() != id) {
      ledger.unexplained(this + " got a datagram that is not for it");
      close();
      return;
    }
    var of = bytes.getLong();
    var from = (int) bytes.getLong();
    if (of < 1 || of > sequence || answer(id, of).check(bytes, 0) >= 0) {
      ledger.unexplained(this + " got other bytes than were sent");
      close();
      return;
    }
    if (host != 0 && host != from && !wasIdle && !mayMove()) {
      ledger.unexplained("%s moved from target %d to %d".formatted(this, host, from));
    }
    host = from;
    answeredAt = now;
    unanswered = 0;
    wasIdle = false;
    ledger.datagramsAnswered++;
  }

  private boolean mayMove() {
    return place.presence.leftSince(answeredAt)
        || place.pool.members.stream()
            .filter(member -> member.host.number == host)
            .anyMatch(
                member ->
                    member.presence.leftSince(answeredAt)
                        || member.host.killedSince(answeredAt - PATIENCE));
  }

  private void refused(IOException how) {
    if (how instanceof PortUnreachableException && place.mayRefuse(System.nanoTime()) == null) {
      ledger.unexplained(this + " was refused");
      close();
    }
  }

  void close() {
    over = true;
    flows.remove(this);
    try {
      channel.close();
    } catch (IOException e) {
      ledger.unexplained(this + " could not be closed: " + e);
    }
  }

  @Override
  public String toString() {
    return "flow " + id + " of " + place;
  }
}
