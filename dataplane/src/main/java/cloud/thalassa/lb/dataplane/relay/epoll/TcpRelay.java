package cloud.thalassa.lb.dataplane.relay.epoll;

import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.BLOCKED;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.CONNECTING;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.ENDING;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.FREE;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.IDENTIFYING;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.NONE;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.PASSED;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.READABLE;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.RELAYING;
import static cloud.thalassa.lb.dataplane.relay.epoll.Connections.WAITING;

import cloud.thalassa.lb.dataplane.relay.Departure;
import cloud.thalassa.lb.dataplane.relay.Gate;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.time.Duration;
import java.util.function.IntConsumer;

/** The TCP connections of a loop, from their acceptance to their end. */
final class TcpRelay implements Relaying {
  private final Loop loop;
  private final Linux linux;
  private final Connections connections = new Connections();
  private final BytePath bytes;
  private final Identification identification;
  private final Upstreams upstreams;
  private final TimerWheel timers;
  private final Departures departures = new Departures();

  /** Legs that had their share of a turn. */
  private final Waiting waiting = new Waiting();

  TcpRelay(Loop loop) {
    this.loop = loop;
    this.linux = loop.linux;
    this.bytes = new BytePath(loop, this, connections);
    this.identification = new Identification(loop, connections);
    this.upstreams = new Upstreams(loop, connections);
    this.timers = new TimerWheel(loop.limits.sweep().toNanos(), loop.now);
  }

  /** Takes an admitted client; its address is in the loop's. */
  void accepted(TcpListener listener, Route route, int fd) {
    int c = connections.take();
    timers.grow(connections.capacity());
    departures.grow(connections.capacity());
    departures.begin(c);
    connections.state[c] = CONNECTING;
    connections.listener[c] = listener;
    connections.route[c] = route;
    connections.fd[2 * c] = fd;
    connections.clientHigh[c] = SocketAddress.high(loop.address);
    connections.clientLow[c] = SocketAddress.low(loop.address);
    connections.clientPort[c] = SocketAddress.port(loop.address);
    connections.openedAt[c] = loop.now;
    connections.activeAt[c] = loop.now;
    listener.connections++;
    try {
      if (loop.watchLeg(fd, 2 * c, connections.generation[c]) < 0) {
        end(c, TerminationReason.INTERNAL_ERROR);
      } else if (Gate.trusts(route, connections.clientHigh[c], connections.clientLow[c])) {
        connections.state[c] = IDENTIFYING;
        timers.set(c, loop.now + loop.limits.proxyHeaderTimeout().toNanos());
      } else {
        select(c);
      }
    } catch (RuntimeException | Error defect) {
      loop.logDefect(defect);
      end(c, TerminationReason.INTERNAL_ERROR);
    }
  }

  private void select(int c) {
    connections.candidates[c] = upstreams.candidates(c);
    connectNext(c);
  }

  @Override
  public void ready(int leg, int generation, int events) {
    int c = leg >> 1;
    if (connections.generation[c] != generation || connections.fd[leg] == NONE) {
      return;
    }
    var flags = connections.flags;
    if ((events & ~Abi.EPOLLOUT) != 0) {
      flags[leg] |= READABLE;
      if ((events & ~(Abi.EPOLLOUT | Abi.EPOLLIN)) != 0) {
        flags[leg] |= ENDING;
      }
    }
    switch (connections.state[c]) {
      case IDENTIFYING -> identify(c);
      case CONNECTING -> connecting(c, leg, events);
      default -> relay(leg, events);
    }
  }

  private void relay(int leg, int events) {
    var flags = connections.flags;
    int other = leg ^ 1;
    if ((events & Abi.EPOLLERR) != 0 && (flags[other] & BLOCKED) != 0) {
      lost(leg);
      return;
    }
    if ((events & Abi.EPOLLOUT) != 0 && (flags[leg] & BLOCKED) != 0) {
      flags[leg] &= ~BLOCKED;
      bytes.pump(other, 0);
    }
    if ((flags[leg] & (READABLE | WAITING)) == READABLE && (flags[other] & BLOCKED) == 0) {
      bytes.pump(leg, 0);
    }
  }

  private void identify(int c) {
    var refusal = identification.read(c);
    if (refusal != null) {
      end(c, refusal);
    } else if (connections.state[c] == CONNECTING) {
      select(c);
      tableChanged(c, loop.table.get()); // it may have been another one when the upstream came
    }
  }

  private void connecting(int c, int leg, int events) {
    if (leg == 2 * c) {
      if ((events & Abi.EPOLLERR) != 0) {
        end(c, TerminationReason.CLIENT_RESET);
      }
    } else if ((events & (Abi.EPOLLERR | Abi.EPOLLHUP)) != 0) {
      upstreams.unreachable(c);
      connectNext(c);
    } else if ((events & Abi.EPOLLOUT) != 0) {
      connected(c);
    }
  }

  private void connectNext(int c) {
    var failure = upstreams.connectNext(c);
    if (failure == null) {
      timers.set(c, loop.now + loop.limits.connectTimeout().toNanos());
      if (connections.tries[c] > 1) {
        tableChanged(c, loop.table.get()); // it may have another opinion of this target
      }
    } else {
      end(c, failure);
    }
  }

  private void connected(int c) {
    connections.state[c] = RELAYING;
    connections.candidates[c] = null;
    upstreams.connected(c);
    connections.activeAt[c] = loop.now;
    timers.set(c, departures.earlier(c, loop.now + connections.route[c].idleTimeout().toNanos()));
    bytes.pump(2 * c, upstreams.header(c));
    if ((connections.flags[2 * c + 1] & READABLE) != 0) {
      bytes.pump(2 * c + 1, 0);
    }
  }

  /** Bytes went from this leg to the other; as many were just read. */
  void moved(int from, int read) {
    int c = from >> 1;
    connections.activeAt[c] = loop.now;
    connections.listener[c].relayed(from & 1, read);
  }

  /** This leg has had its share of the turn. */
  void wait(int leg) {
    connections.flags[leg] |= WAITING;
    waiting.add(leg);
  }

  @Override
  public boolean turnEnded() {
    for (int i = waiting.begin(); i > 0; i--) {
      int leg = waiting.next();
      if ((connections.flags[leg] & WAITING) != 0) {
        connections.flags[leg] &= ~WAITING;
        guard(leg >> 1, () -> bytes.pump(leg, 0));
      }
    }
    return !waiting.isEmpty();
  }

  /** All bytes of this leg were passed on, and there will be no more. */
  void finished(int from) {
    int c = from >> 1;
    int to = from ^ 1;
    connections.flags[from] |= PASSED;
    var first = connections.finishing[c];
    if (first == null) {
      connections.finishing[c] =
          from == 2 * c ? TerminationReason.CLIENT_CLOSED : TerminationReason.TARGET_CLOSED;
      if (linux.shutdownOutput(connections.fd[to]) < 0) {
        lost(to);
      }
    } else {
      end(c, first); // closing the other leg passes this end on
    }
  }

  /** The peer of this leg is gone. */
  void lost(int leg) {
    end(leg >> 1, (leg & 1) == 0 ? TerminationReason.CLIENT_RESET : TerminationReason.TARGET_RESET);
  }

  @Override
  public void failed(int leg, int generation) {
    int c = leg >> 1;
    if (connections.generation[c] == generation && connections.state[c] != FREE) {
      end(c, TerminationReason.INTERNAL_ERROR);
    }
  }

  private void end(int c, TerminationReason reason) {
    var byPeers =
        reason == TerminationReason.CLIENT_CLOSED || reason == TerminationReason.TARGET_CLOSED;
    timers.cancel(c);
    var target = connections.target[c];
    upstreams.leaveTarget(c);
    close(2 * c, byPeers || reason == TerminationReason.CLIENT_RESET);
    close(2 * c + 1, byPeers || reason == TerminationReason.TARGET_RESET);
    var listener = connections.listener[c];
    leaveGate(c, listener.port.gate);
    listener.flush(); // who sees that it ended sees its bytes
    listener.port.meters.ended(
        reason,
        connections.clientHigh[c],
        connections.clientLow[c],
        connections.clientPort[c],
        target == null
            ? null
            : connections.route[c].targetAddress(target, listener.port.binding.port()),
        connections.received[2 * c],
        connections.received[2 * c + 1],
        loop.now - connections.openedAt[c]);
    connections.give(c);
    listener.ended();
  }

  private void leaveGate(int c, Gate gate) {
    if (connections.state[c] == IDENTIFYING) {
      gate.leftUnidentified();
    } else {
      gate.left(connections.route[c], connections.clientHigh[c], connections.clientLow[c]);
    }
  }

  /** Only an end that both peers made themselves may look like one. */
  private void close(int leg, boolean clean) {
    int fd = connections.fd[leg];
    if (fd == NONE) {
      return;
    }
    bytes.drop(leg);
    if (!clean) {
      loop.resetOnClose(fd);
    }
    linux.close(fd);
    connections.fd[leg] = NONE;
  }

  @Override
  public void tick() {
    timers.advance(loop.now, c -> guard(c, () -> look(c)));
  }

  private void look(int c) {
    var leaving = departures.due(c, loop.now);
    if (leaving != null) {
      end(c, leaving);
      return;
    }
    long limit = connections.activeAt[c] + timeout(c).toNanos();
    if (loop.now - limit < 0) {
      timers.set(c, departures.earlier(c, limit));
      return;
    }
    switch (connections.state[c]) {
      case RELAYING -> end(c, TerminationReason.IDLE_TIMEOUT);
      case IDENTIFYING -> end(c, TerminationReason.BAD_PROXY_HEADER);
      default -> {
        upstreams.unreachable(c);
        connectNext(c);
      }
    }
  }

  private Duration timeout(int c) {
    return switch (connections.state[c]) {
      case RELAYING -> connections.route[c].idleTimeout();
      case IDENTIFYING -> loop.limits.proxyHeaderTimeout();
      default -> loop.limits.connectTimeout();
    };
  }

  /** O(connections), each some lookups. */
  @Override
  public void tableChanged(RoutingTable table) {
    everyone(c -> tableChanged(c, table));
  }

  private void tableChanged(int c, RoutingTable table) {
    var target = connections.target[c];
    if (target == null) {
      return;
    }
    var binding = connections.listener[c].port.binding;
    var departure = Departure.of(table, binding, connections.route[c], target);
    if (departures.depart(c, departure, loop.now)) {
      look(c);
    }
  }

  @Override
  public void shutdown(long deadline) {
    departures.shutdownAt(deadline);
    everyone(
        c -> {
          departures.shutdown(c);
          look(c);
        });
  }

  @Override
  public int size() {
    return connections.size();
  }

  @Override
  public void close() {
    everyone(c -> end(c, TerminationReason.SHUTDOWN));
    bytes.close();
  }

  private void everyone(IntConsumer step) {
    for (int c = 0; c < connections.capacity(); c++) {
      int each = c;
      if (connections.state[c] != FREE) {
        guard(c, () -> step.accept(each));
      }
    }
  }

  /** A defect of ours ends the connection that met it, and nothing else. */
  private void guard(int c, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error defect) {
      loop.logDefect(defect);
      if (connections.state[c] != FREE) {
        end(c, TerminationReason.INTERNAL_ERROR);
      }
    }
  }
}
