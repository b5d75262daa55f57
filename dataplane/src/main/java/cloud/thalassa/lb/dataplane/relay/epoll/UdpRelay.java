package cloud.thalassa.lb.dataplane.relay.epoll;

import static java.util.Objects.requireNonNull;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeader;
import cloud.thalassa.lb.dataplane.relay.Departure;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.Membership;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The UDP flows of a loop, from the first datagram of a client to their end. */
final class UdpRelay implements Relaying {
  private final Loop loop;
  private final Flows flows;
  private final FlowTable table;
  private final UdpUpstreams upstreams;
  private final Requests requests;
  private final Replies replies;
  private final TimerWheel timers;
  private final BitSet socketNumbers = new BitSet();

  /** Flows that had their share of a turn. */
  private final Waiting waiting = new Waiting();

  private final Departures departures = new Departures();

  UdpRelay(Loop loop) {
    this.loop = loop;
    this.flows = new Flows(loop.arena);
    this.table = new FlowTable(loop.random.nextLong(), loop.random.nextLong());
    this.upstreams = new UdpUpstreams(loop, flows);
    this.requests = new Requests(loop, this, flows);
    this.replies = new Replies(loop, this, flows);
    this.timers = new TimerWheel(loop.limits.sweep().toNanos(), loop.now);
  }

  /** Takes a bound socket into service. */
  UdpSocket open(UdpPort port, int fd) {
    int number = socketNumbers.nextClearBit(0);
    socketNumbers.set(number);
    var socket = new UdpSocket(port, loop, fd, number);
    loop.watch(socket);
    return socket;
  }

  /** Ends all its flows; it gets no more events. */
  void close(UdpSocket socket) {
    for (int c = 0; c < flows.capacity(); c++) {
      if (flows.live[c] && flows.socket[c] == socket) {
        end(c, TerminationReason.LISTENER_REMOVED);
      }
    }
    socketNumbers.clear(socket.number);
    loop.remove(socket);
  }

  /** Something came from clients. */
  void receive(UdpSocket socket) {
    requests.receive(socket);
  }

  /** The flow of a datagram, a new one if it has none; {@link Flows#NONE} when it was refused. */
  int flow(UdpSocket socket, Inbox inbox, int slot) {
    long name = inbox.name(slot);
    long high = SocketAddress.high(name);
    long low = SocketAddress.low(name);
    long place = FlowTable.place(socket.number, SocketAddress.port(name));
    int c = table.find(high, low, inbox.localHigh[slot], inbox.localLow[slot], place);
    return c == FlowTable.NONE ? enter(socket, inbox, slot) : c;
  }

  /** Never throws: a datagram must not cost the client behind it anything. */
  private int enter(UdpSocket socket, Inbox inbox, int slot) {
    try {
      var port = socket.port;
      var route = port.takesFlows() ? port.binding.route(loop.table.get()) : null;
      long high = SocketAddress.high(inbox.name(slot));
      long low = SocketAddress.low(inbox.name(slot));
      var refusal = port.gate.enter(route, port.binding.port(), high, low, loop.now, loop.limits);
      if (refusal == null) {
        return open(socket, requireNonNull(route, "nobody comes in without a route"), inbox, slot);
      }
      socket.refused(refusal);
    } catch (RuntimeException | Error defect) {
      loop.logDefect(defect);
      socket.refused(TerminationReason.INTERNAL_ERROR);
    }
    return Flows.NONE;
  }

  private int open(UdpSocket socket, Route route, Inbox inbox, int slot) {
    int c = flows.take();
    timers.grow(flows.capacity());
    departures.grow(flows.capacity());
    departures.begin(c);
    long name = inbox.name(slot);
    Memory.copy(name, flows.client(c), SocketAddress.BYTES);
    flows.socket[c] = socket;
    flows.entry[c] = route;
    flows.route[c] = route;
    flows.clientHigh[c] = SocketAddress.high(name);
    flows.clientLow[c] = SocketAddress.low(name);
    flows.clientPort[c] = SocketAddress.port(name);
    flows.localHigh[c] = inbox.localHigh[slot];
    flows.localLow[c] = inbox.localLow[slot];
    flows.sourceLength[c] =
        socket.putSource(flows.source(c), flows.localHigh[c], flows.localLow[c]);
    flows.openedAt[c] = loop.now;
    flows.activeAt[c] = loop.now;
    table.put(
        flows.clientHigh[c],
        flows.clientLow[c],
        flows.localHigh[c],
        flows.localLow[c],
        FlowTable.place(socket.number, flows.clientPort[c]),
        c);
    socket.port.flowOpened();
    guard(c, this::begin);
    return flows.live[c] ? c : Flows.NONE;
  }

  private void begin(int c) {
    var route = flows.route[c];
    var socket = flows.socket[c];
    writeHeader(c, route, socket);
    upstreams.choose(c);
    timers.set(c, departures.earlier(c, loop.now + route.idleTimeout().toNanos()));
    move(c, TerminationReason.NO_TARGET);
  }

  private void writeHeader(int c, Route route, UdpSocket socket) {
    var client = SocketAddress.of(flows.clientHigh[c], flows.clientLow[c], flows.clientPort[c]);
    var header =
        ProxyHeader.encode(route.proxyProtocol(), Protocol.UDP, client, listener(c, socket));
    Memory.write(header, flows.header(c));
    flows.headerLength[c] = header.length;
  }

  /** Where the client sent to. */
  private InetSocketAddress listener(int c, UdpSocket socket) {
    var bound = socket.address();
    return flows.sourceLength[c] == 0
        ? bound
        : SocketAddress.of(flows.localHigh[c], flows.localLow[c], bound.getPort());
  }

  @Override
  public void ready(int c, int generation, int events) {
    if (flows.generation[c] != generation) {
      return;
    }
    boolean more = replies.receive(c);
    if (more || ((events & Abi.EPOLLERR) != 0 && flows.generation[c] == generation)) {
      waiting.add(c); // an error behind datagrams makes no second event
    }
  }

  @Override
  public boolean turnEnded() {
    for (int i = waiting.begin(); i > 0; i--) {
      int c = waiting.next();
      if (flows.live[c]) {
        guard(c, this::serve);
      }
    }
    replies.send();
    return !waiting.isEmpty();
  }

  private void serve(int c) {
    if (replies.receive(c)) {
      waiting.add(c);
    }
  }

  /** The target answered port unreachable. */
  void unreachable(int c) {
    flows.poolMeters[c].connectFailed();
    var target = requireNonNull(flows.target[c], "a flow that lives has a target");
    if (flows.route[c].failed(target, loop.now)) {
      flows.poolMeters[c].avoided();
    }
    move(c, TerminationReason.TARGET_RESET);
  }

  private void move(int c, TerminationReason ifNone) {
    if (!upstreams.next(c)) {
      end(c, ifNone);
    }
  }

  @Override
  public void failed(int c, int generation) {
    if (flows.generation[c] == generation && flows.live[c]) {
      end(c, TerminationReason.INTERNAL_ERROR);
    }
  }

  void end(int c, TerminationReason reason) {
    replies.send();
    timers.cancel(c);
    upstreams.leave(c);
    var socket = flows.socket[c];
    table.remove(
        flows.clientHigh[c],
        flows.clientLow[c],
        flows.localHigh[c],
        flows.localLow[c],
        FlowTable.place(socket.number, flows.clientPort[c]));
    socket.port.gate.left(flows.entry[c], flows.clientHigh[c], flows.clientLow[c]);
    socket.port.meters.ended(
        reason,
        flows.clientHigh[c],
        flows.clientLow[c],
        flows.clientPort[c],
        flows.targetAddress[c],
        flows.toTarget[c],
        flows.toClient[c],
        loop.now - flows.openedAt[c]);
    flows.give(c);
    socket.port.flowClosed();
  }

  @Override
  public void tick() {
    timers.advance(loop.now, c -> guard(c, this::look));
  }

  private void look(int c) {
    long idle = flows.activeAt[c] + flows.entry[c].idleTimeout().toNanos();
    var leaving = departures.due(c, loop.now);
    if (leaving != null) {
      end(c, leaving);
    } else if (loop.now - idle >= 0) {
      end(c, TerminationReason.IDLE_TIMEOUT);
    } else {
      timers.set(c, departures.earlier(c, idle));
    }
  }

  /** O(flows), each some lookups. */
  @Override
  public void tableChanged(RoutingTable newest) {
    for (int c = 0; c < flows.capacity(); c++) {
      if (flows.live[c]) {
        guard(c, flow -> tableChanged(flow, newest));
      }
    }
  }

  private void tableChanged(int c, RoutingTable newest) {
    var binding = flows.socket[c].port.binding;
    var target = requireNonNull(flows.target[c], "a flow that lives has a target");
    var departure = Departure.of(newest, binding, flows.route[c], target);
    var current = binding.route(newest);
    if (current == null
        || (departure != null && departure.reason() == TerminationReason.LISTENER_REMOVED)) {
      depart(c, departure);
      return;
    }
    depart(c, null);
    flows.route[c] = current;
    if (departure != null || current.membership(target) != Membership.SERVING) {
      upstreams.choose(c);
      move(c, TerminationReason.TARGET_DRAINED);
    }
  }

  private void depart(int c, @Nullable Departure departure) {
    if (departures.depart(c, departure, loop.now)) {
      look(c);
    }
  }

  @Override
  public void shutdown(long deadline) {
    departures.shutdownAt(deadline);
    for (int c = 0; c < flows.capacity(); c++) {
      if (flows.live[c]) {
        departures.shutdown(c);
        look(c);
      }
    }
  }

  @Override
  public int size() {
    return flows.size();
  }

  @Override
  public void close() {
    for (int c = 0; c < flows.capacity(); c++) {
      if (flows.live[c]) {
        end(c, TerminationReason.SHUTDOWN);
      }
    }
    requests.close();
    replies.close();
  }

  /** A defect of ours ends the flow that met it, and nothing else. */
  private void guard(int c, IntConsumer step) {
    try {
      step.accept(c);
    } catch (RuntimeException | Error defect) {
      loop.logDefect(defect);
      if (flows.live[c]) {
        end(c, TerminationReason.INTERNAL_ERROR);
      }
    }
  }
}
