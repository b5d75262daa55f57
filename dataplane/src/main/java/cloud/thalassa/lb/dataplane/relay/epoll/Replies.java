package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.relay.DropReason;
import java.util.Arrays;

/** Datagrams from targets to clients: those of all flows of a turn go out together. */
final class Replies implements Outbox.Owner {
  /** What a flow may receive in a turn before others have theirs. */
  private static final int SHARE = Inbox.CAPACITY;

  private final Loop loop;
  private final UdpRelay relay;
  private final Flows flows;
  private final Inbox inbox;
  private final Outbox outbox;
  private int used;

  /** Sockets that have something to send. */
  private UdpSocket[] sockets = new UdpSocket[4];

  private int socketCount;

  Replies(Loop loop, UdpRelay relay, Flows flows) {
    this.loop = loop;
    this.relay = relay;
    this.flows = flows;
    this.inbox = new Inbox(loop.linux, loop.arena, false);
    this.outbox = new Outbox(loop.linux, loop.arena, this);
  }

  /**
   * Receives what the target of a flow has sent, but no more than its share.
   *
   * @return whether there may be more
   */
  boolean receive(int c) {
    int left = SHARE;
    while (left > 0) {
      if (used == Inbox.CAPACITY) {
        send();
      }
      int asked = Math.min(left, Inbox.CAPACITY - used);
      int received = inbox.receive(flows.fd[c], used, asked);
      if (received < 0) {
        if (received == -Abi.ECONNREFUSED) {
          relay.unreachable(c);
        }
        return false;
      }
      flows.activeAt[c] = loop.now;
      var target = flows.target[c];
      if (target != null) {
        target.succeeded();
      }
      keep(c, received);
      if (received < asked) {
        return false;
      }
      left -= received;
    }
    return true;
  }

  private void keep(int c, int received) {
    var socket = flows.socket[c];
    if (socket.lastSlot == Inbox.NONE) {
      socket.firstSlot = used;
      if (socketCount == sockets.length) {
        sockets = Arrays.copyOf(sockets, 2 * socketCount);
      }
      sockets[socketCount++] = socket;
    } else {
      inbox.next[socket.lastSlot] = used;
    }
    int end = used + received;
    for (int slot = used; slot < end; slot++) {
      inbox.flow[slot] = c;
      inbox.next[slot] = slot + 1;
    }
    inbox.next[end - 1] = Inbox.NONE;
    socket.lastSlot = end - 1;
    used = end;
  }

  /** Sends what was received. To be called before a flow ends, and at the end of a turn. */
  void send() {
    for (int i = 0; i < socketCount; i++) {
      send(sockets[i]);
    }
    socketCount = 0;
    used = 0;
  }

  private void send(UdpSocket socket) {
    int slot = socket.firstSlot;
    socket.lastSlot = Inbox.NONE;
    outbox.through(socket.fd());
    int before = Flows.NONE;
    for (; slot != Inbox.NONE; slot = inbox.next[slot]) {
      int c = inbox.flow[slot];
      if (c != before) {
        before = c;
        outbox.of(c, flows.longestRunToClient[c]);
        outbox.recipient(
            flows.client(c), socket.nameLength(), flows.source(c), flows.sourceLength[c]);
      }
      outbox.add(inbox.data(slot), inbox.length[slot], inbox.segment[slot]);
    }
    outbox.send();
  }

  @Override
  public void sent(int c, int bytes) {
    flows.toClient[c] += bytes;
    flows.socket[c].sentToClient(bytes);
  }

  @Override
  public void dropped(int c, DropReason reason, int datagrams) {
    flows.socket[c].dropped(reason, datagrams);
  }

  @Override
  public void limitRuns(int c, int bytes) {
    flows.longestRunToClient[c] = bytes;
  }

  /** Nobody tells this to a socket that is not connected. */
  @Override
  public int unreachable(int c) {
    return Flows.NONE;
  }

  void close() {
    inbox.close();
  }
}
