package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One of the two sockets of a conversation, with the stream that it sends. */
final class End implements Reactor.Handler {
  private static final int READS = 4;
  private static final int SIP = 512;

  final String side;
  final SocketChannel channel;
  private final Conversation conversation;
  private final Reactor reactor;
  private final Stream out;
  private @Nullable SelectionKey key;

  long sent;
  long received;
  boolean finished;
  boolean sawEnd;
  boolean gone;

  /** How the driver itself left this end, if it was not by finishing. */
  Ledger.@Nullable Cause left;

  private long quota;
  private boolean finishing;
  private boolean stalled;
  private long waitsSince;
  private long receivedBefore;
  private boolean sipping;

  End(String side, SocketChannel channel, Conversation conversation, Reactor reactor, Stream out) {
    this.side = side;
    this.channel = channel;
    this.conversation = conversation;
    this.reactor = reactor;
    this.out = out;
  }

  /** From here on it reads and writes by itself. */
  void start() {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      key = reactor.register(channel, operations(), this);
    } catch (IOException e) {
      broken(e);
    }
  }

  void send(int bytes) {
    if (!finishing && !gone) {
      quota += bytes;
      write();
    }
  }

  /** Sends what it has to, and then the end. */
  void finish() {
    if (!gone) {
      finishing = true;
      write();
    }
  }

  /** Reads nothing for that long. */
  void stall(long millis) {
    stalled = true;
    update();
    reactor.in(
        millis,
        () -> {
          stalled = false;
          update();
        });
  }

  /** Reads very little at a time for that long. */
  void sip(long millis) {
    sipping = true;
    sips(System.nanoTime() + millis * 1_000_000);
  }

  private void sips(long end) {
    if (gone || System.nanoTime() - end > 0) {
      sipping = false;
      stalled = false;
      update();
      return;
    }
    stalled = !stalled;
    update();
    reactor.in(20, () -> sips(end));
  }

  private boolean stalled() {
    return stalled || sipping;
  }

  /** For how long it has waited, on its own account, for something that is due from the other. */
  long waits(End other, long now) {
    var due = received < other.sent || (other.finished && !sawEnd) || other.left != null;
    if (!due || gone || stalled() || received != receivedBefore || waitsSince == 0) {
      waitsSince = now;
      receivedBefore = received;
    }
    return now - waitsSince;
  }

  void reset(Ledger.Cause cause) {
    if (!gone) {
      left = cause;
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException alreadyReset) {
        // the other side was faster
      }
      close();
    }
  }

  /** As a program that ends without reading the rest. */
  void abandon(Ledger.Cause cause) {
    if (!gone) {
      left = cause;
      close();
    }
  }

  void close() {
    gone = true;
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void ready(SelectionKey key) {
    if (key.isReadable()) {
      read();
    }
    if (!gone && key.isWritable()) {
      write();
    }
  }

  private void read() {
    try {
      for (var i = 0; i < READS && !gone && !sawEnd && !stalled; i++) {
        var buffer = reactor.buffer.clear();
        if (sipping) {
          buffer.limit(SIP);
        }
        var n = channel.read(buffer);
        if (n < 0) {
          sawEnd = true;
          update();
          conversation.ended(this);
          return;
        }
        if (n > 0) {
          take(buffer.flip());
        }
        if (buffer.limit() < buffer.capacity()) {
          return;
        }
      }
    } catch (IOException e) {
      broken(e);
    }
  }

  /** Counts and compares what came with what the other end sends. */
  void take(ByteBuffer bytes) {
    var from = received;
    received += bytes.remaining();
    conversation.received(this, bytes, from);
  }

  long check(ByteBuffer bytes, long offset) {
    return out.check(bytes, offset);
  }

  private void write() {
    if (key == null || finished) {
      return;
    }
    try {
      for (var i = 0; i < READS && sent < quota; i++) {
        var buffer = reactor.buffer.clear();
        buffer.limit((int) Math.min(buffer.capacity(), quota - sent));
        out.fill(buffer, sent);
        var n = channel.write(buffer.flip());
        sent += n;
        if (buffer.hasRemaining()) {
          break;
        }
      }
      if (finishing && sent == quota) {
        finished = true;
        channel.shutdownOutput();
        conversation.finished();
      }
      update();
    } catch (IOException e) {
      broken(e);
    }
  }

  private void broken(IOException e) {
    if (!gone) {
      close();
      conversation.broken(this, e);
    }
  }

  private void update() {
    if (key != null && key.isValid() && key.interestOps() != operations()) {
      key.interestOps(operations());
    }
  }

  private int operations() {
    return (sawEnd || stalled ? 0 : SelectionKey.OP_READ)
        | (sent < quota ? SelectionKey.OP_WRITE : 0);
  }
}
