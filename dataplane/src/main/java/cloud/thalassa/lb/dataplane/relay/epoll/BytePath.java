package cloud.thalassa.lb.dataplane.relay.epoll;

import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.BLOCKED;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.BULK;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.ENDED;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.ENDING;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.NONE;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.PASSED;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.READABLE;

/**
 * Moves bytes from one leg of a connection to the other. It copies through one buffer of the loop;
 * a leg that fills it again and again is spliced through a pipe instead, which copies nothing,
 * until it sends little again. Nothing is read from a leg before all that was read from it is
 * written: it holds at most one chunk, or one pipe. When the chunks of the loop are all in use,
 * bytes are left in the socket until the other leg has taken them.
 */
final class BytePath {
  /** What a leg may send in a turn before others have theirs. */
  private static final int TURN_BYTES = 1024 * 1024;

  /** Full reads one after the other after which a leg sends in bulk. */
  private static final int BULK_AFTER = 2;

  /** Small splices one after the other after which it does not any more. */
  private static final int BULK_UNTIL = 8;

  private static final int SMALL = 8 * 1024;

  private final Loop loop;
  private final TcpRelay relay;
  private final Connections connections;
  private final Linux linux;
  private final int readBytes;
  private final Chunks chunks;
  private final Pipes pipes;

  BytePath(Loop loop, TcpRelay relay, Connections connections) {
    this.loop = loop;
    this.relay = relay;
    this.connections = connections;
    this.linux = loop.linux;
    this.readBytes = loop.limits.readBytes();
    this.chunks =
        new Chunks(
            loop.arena, Loop.PREFIX_BYTES + readBytes, loop.limits.loopBufferedBytes() / readBytes);
    this.pipes = new Pipes(linux, loop.arena);
  }

  /**
   * Moves what can be moved from this leg to the other.
   *
   * @param prefix bytes at the start of the loop's buffer that go before, a PROXY header
   */
  void pump(int from, int prefix) {
    int to = from ^ 1;
    var flags = connections.flags;
    if (connections.held[from] > 0 && ((flags[to] & BLOCKED) != 0 || !writeHeld(from, to))) {
      return;
    }
    int share = TURN_BYTES;
    if (prefix > 0) {
      share -= copy(from, to, prefix);
    }
    while ((flags[from] & READABLE) != 0 && (flags[to] & BLOCKED) == 0) {
      if (share <= 0) {
        relay.wait(from);
        return;
      }
      int moved = (flags[from] & BULK) == 0 ? copy(from, to, 0) : splice(from, to);
      if (moved <= 0) {
        break;
      }
      share -= moved;
    }
    if ((flags[from] & (ENDED | PASSED)) == ENDED && connections.held[from] == 0) {
      relay.finished(from);
    }
  }

  /** Gives back what a leg holds. */
  void drop(int leg) {
    if (connections.chunk[leg] != NONE) {
      chunks.give(connections.chunk[leg]);
    }
    if (connections.pipe[leg] != NONE) {
      pipes.discard(connections.pipe[leg]);
    }
    connections.held[leg] = 0;
    connections.chunk[leg] = NONE;
    connections.pipe[leg] = NONE;
  }

  void close() {
    pipes.close();
  }

  /** Returns how many bytes were read; 0: there is no reason to go on. */
  private int copy(int from, int to, int prefix) {
    long at = loop.buffer + prefix;
    boolean peek = chunks.exhausted();
    int read =
        (connections.flags[from] & READABLE) == 0
            ? -Abi.EAGAIN
            : linux.recv(connections.fd[from], at, readBytes, peek ? Abi.MSG_PEEK : 0);
    if (read < 0 && read != -Abi.EAGAIN) {
      relay.lost(from);
      return 0;
    }
    if (read <= 0) {
      nothingRead(from, read);
    }
    int bytes = prefix + Math.max(read, 0);
    if (bytes == 0) {
      return 0;
    }
    int sent = linux.send(connections.fd[to], loop.buffer, bytes, Abi.MSG_NOSIGNAL);
    if (sent < 0 && sent != -Abi.EAGAIN) {
      relay.lost(to);
      return 0;
    }
    sent = Math.max(sent, 0);
    if (peek) {
      return peeked(from, to, read, Math.max(sent - prefix, 0));
    }
    if (read > 0) {
      took(from, read);
    }
    if (sent < bytes) {
      hold(from, to, loop.buffer + sent, bytes - sent);
    }
    return read;
  }

  /** Takes from the socket what the other leg has taken. */
  private int peeked(int from, int to, int read, int sent) {
    if (sent > 0) {
      linux.recv(connections.fd[from], loop.buffer, sent, Abi.MSG_TRUNC);
      took(from, sent);
    }
    if (sent < read) {
      connections.flags[from] |= READABLE;
      connections.flags[to] |= BLOCKED;
    }
    return sent;
  }

  private void took(int from, int read) {
    connections.received[from] += read;
    relay.moved(from, read);
    if (read < readBytes) {
      connections.streak[from] = 0;
      if ((connections.flags[from] & ENDING) == 0) {
        connections.flags[from] &= ~READABLE;
      }
    } else if (++connections.streak[from] == BULK_AFTER) {
      connections.streak[from] = 0;
      connections.flags[from] |= BULK;
    }
  }

  private void nothingRead(int from, int read) {
    connections.flags[from] &= ~READABLE;
    if (read == 0) {
      connections.flags[from] |= ENDED;
    }
  }

  private int splice(int from, int to) {
    int pipe = pipes.take();
    if (pipe == Pipes.NONE) {
      return copy(from, to, 0);
    }
    int read = linux.splice(connections.fd[from], pipes.in(pipe), Pipes.BYTES);
    if (read <= 0) {
      pipes.give(pipe);
      if (read < 0 && read != -Abi.EAGAIN) {
        relay.lost(from);
      } else {
        nothingRead(from, read);
      }
      return 0;
    }
    connections.received[from] += read;
    relay.moved(from, read);
    if (read >= SMALL) {
      connections.streak[from] = 0;
    } else if (++connections.streak[from] == BULK_UNTIL) {
      connections.streak[from] = 0;
      connections.flags[from] &= ~BULK;
    }
    connections.pipe[from] = pipe;
    connections.held[from] = read;
    return writeHeld(from, to) ? read : 0;
  }

  private void hold(int from, int to, long address, int bytes) {
    int chunk = chunks.take();
    Memory.copy(address, chunks.address(chunk), bytes);
    connections.chunk[from] = chunk;
    connections.chunkOffset[from] = 0;
    connections.held[from] = bytes;
    connections.flags[to] |= BLOCKED;
  }

  /** False: some of it is still held, or the connection has ended. */
  private boolean writeHeld(int from, int to) {
    int pipe = connections.pipe[from];
    while (connections.held[from] > 0) {
      int wrote =
          pipe == NONE
              ? linux.send(
                  connections.fd[to],
                  chunks.address(connections.chunk[from]) + connections.chunkOffset[from],
                  connections.held[from],
                  Abi.MSG_NOSIGNAL)
              : linux.splice(pipes.out(pipe), connections.fd[to], connections.held[from]);
      if (wrote <= 0) {
        if (wrote == -Abi.EAGAIN) {
          connections.flags[to] |= BLOCKED;
        } else {
          relay.lost(to);
        }
        return false;
      }
      relay.moved(from, 0);
      connections.held[from] -= wrote;
      connections.chunkOffset[from] += wrote;
    }
    if (pipe != NONE) {
      pipes.give(pipe);
      connections.pipe[from] = NONE;
    } else {
      chunks.give(connections.chunk[from]);
      connections.chunk[from] = NONE;
    }
    return true;
  }
}
