package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.relay.DropReason;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;

/** Datagrams from clients to targets: those of a batch that belong to one flow go out together. */
final class Requests implements Outbox.Owner {
  private final Loop loop;
  private final UdpRelay relay;
  private final Flows flows;
  private final Inbox inbox;
  private final Outbox outbox;
  private final int[] groups = new int[Inbox.CAPACITY];

  Requests(Loop loop, UdpRelay relay, Flows flows) {
    this.loop = loop;
    this.relay = relay;
    this.flows = flows;
    this.inbox = new Inbox(loop.linux, loop.arena, true);
    this.outbox = new Outbox(loop.linux, loop.arena, this);
  }

  /** Takes one batch; what is left comes again in the next turn. */
  void receive(UdpSocket socket) {
    int received = inbox.receive(socket.fd(), 0, Inbox.CAPACITY);
    int count = 0;
    for (int slot = 0; slot < received; slot++) {
      int c = relay.flow(socket, inbox, slot);
      if (c == Flows.NONE) {
        continue;
      }
      flows.activeAt[c] = loop.now;
      int last = flows.lastSlot[c];
      if (last == Flows.NONE) {
        groups[count++] = c;
        flows.firstSlot[c] = slot;
      } else {
        inbox.next[last] = slot;
      }
      flows.lastSlot[c] = slot;
    }
    for (int i = 0; i < count; i++) {
      deliver(groups[i]);
    }
  }

  private void deliver(int c) {
    int slot = flows.firstSlot[c];
    flows.lastSlot[c] = Flows.NONE;
    try {
      int header = flows.headerLength[c];
      outbox.through(flows.fd[c]);
      outbox.of(c, flows.longestRunToTarget[c]);
      outbox.prefix(flows.header(c), header);
      for (; slot != Inbox.NONE; slot = inbox.next[slot]) {
        if (inbox.segment[slot] + header > flows.longest[c]) {
          dropped(c, DropReason.OVERSIZE, inbox.datagrams(slot));
        } else {
          outbox.add(inbox.data(slot), inbox.length[slot], inbox.segment[slot]);
        }
      }
      outbox.send();
    } catch (RuntimeException | Error defect) {
      outbox.clear();
      loop.logDefect(defect);
      relay.end(c, TerminationReason.INTERNAL_ERROR);
    }
  }

  @Override
  public void sent(int c, int bytes) {
    flows.toTarget[c] += bytes;
    flows.socket[c].sentToTarget(bytes);
  }

  @Override
  public void dropped(int c, DropReason reason, int datagrams) {
    flows.socket[c].dropped(reason, datagrams);
  }

  @Override
  public void limitRuns(int c, int bytes) {
    flows.longestRunToTarget[c] = bytes;
  }

  @Override
  public int unreachable(int c) {
    relay.unreachable(c);
    return flows.fd[c];
  }

  void close() {
    inbox.close();
  }
}
