package cloud.thalassa.lb.dataplane.relay.epoll;

import java.lang.foreign.Arena;

/**
 * Slots into which datagrams are received, many in one system call. A slot has room for the longest
 * one, or for several that the system put together because they came one after the other (UDP_GRO).
 */
final class Inbox {
  static final int CAPACITY = 64;
  static final int NONE = -1;

  /** No power of two: slots must not all have their first bytes in the same sets of the cache. */
  private static final int SLOT_BYTES = 65_536 + 640;

  private static final int NAME_BYTES = 32;
  private static final int CONTROL_BYTES = 96;

  /** By slot: bytes received. */
  final int[] length = new int[CAPACITY];

  /** Bytes of each of the datagrams that it holds; the last one may be shorter. */
  final int[] segment = new int[CAPACITY];

  /** The address it was sent to, where the socket tells; otherwise 0. */
  final long[] localHigh = new long[CAPACITY];

  final long[] localLow = new long[CAPACITY];

  /** For whoever receives: its flow, and the next slot of the same destination. */
  final int[] flow = new int[CAPACITY];

  final int[] next = new int[CAPACITY];

  private final Linux linux;
  private final int nameBytes;
  private final long messages;
  private final long names;
  private final long controls;
  private final long data;

  /**
   * @param named whether to keep where a datagram comes from
   */
  Inbox(Linux linux, Arena arena, boolean named) {
    this.linux = linux;
    this.nameBytes = named ? SocketAddress.BYTES : 0;
    messages = arena.allocate((long) CAPACITY * MessageHeader.BYTES, 64).address();
    names = arena.allocate((long) CAPACITY * NAME_BYTES, 64).address();
    controls = arena.allocate((long) CAPACITY * CONTROL_BYTES, 64).address();
    long vectors = arena.allocate((long) CAPACITY * MessageHeader.VECTOR_BYTES, 64).address();
    data = linux.map(bytes());
    if (data < 0) {
      throw new IllegalStateException(Abi.text((int) -data) + " (mmap)");
    }
    for (int i = 0; i < CAPACITY; i++) {
      long vector = vectors + (long) i * MessageHeader.VECTOR_BYTES;
      MessageHeader.vector(vector, data(i), 65_536);
      MessageHeader.name(message(i), named ? name(i) : 0, nameBytes);
      MessageHeader.vectors(message(i), vector, 1);
      MessageHeader.control(message(i), control(i), CONTROL_BYTES);
    }
  }

  /** Receives into slots; the number of those that hold something now, or the negated errno. */
  int receive(int fd, int from, int count) {
    int received = linux.recvmmsg(fd, message(from), count, 0);
    for (int i = from; i < from + received; i++) {
      takeIn(i);
    }
    return received;
  }

  long data(int slot) {
    return data + (long) slot * SLOT_BYTES;
  }

  /** The socket address of the sender. */
  long name(int slot) {
    return names + (long) slot * NAME_BYTES;
  }

  /** How many datagrams a slot holds. */
  int datagrams(int slot) {
    return segment[slot] == 0 ? 1 : (length[slot] + segment[slot] - 1) / segment[slot];
  }

  void close() {
    linux.unmap(data, bytes());
  }

  private void takeIn(int slot) {
    long message = message(slot);
    int bytes = MessageHeader.length(message);
    length[slot] = bytes;
    segment[slot] = bytes;
    localHigh[slot] = 0;
    localLow[slot] = 0;
    next[slot] = NONE;
    long controlLength = MessageHeader.controlLength(message);
    if (controlLength > 0) {
      readControl(slot, controlLength);
    }
    MessageHeader.controlLength(message, CONTROL_BYTES);
    MessageHeader.nameLength(message, nameBytes);
  }

  private void readControl(int slot, long controlLength) {
    long at = control(slot);
    long end = at + controlLength;
    while (at + MessageHeader.CONTROL_HEADER_BYTES <= end) {
      long bytes = Memory.getLong(at) - MessageHeader.CONTROL_HEADER_BYTES;
      int level = Memory.getInt(at + 8);
      int type = Memory.getInt(at + 12);
      long value = at + MessageHeader.CONTROL_HEADER_BYTES;
      if (level == Abi.IPPROTO_UDP && type == Abi.UDP_GRO) {
        segment[slot] = Math.min(Memory.getInt(value), length[slot]);
      } else if (level == Abi.IPPROTO_IPV6 && type == Abi.IPV6_PKTINFO) {
        localHigh[slot] = Long.reverseBytes(Memory.getLong(value));
        localLow[slot] = Long.reverseBytes(Memory.getLong(value + 8));
      } else if (level == Abi.IPPROTO_IP && type == Abi.IP_PKTINFO) {
        localLow[slot] = SocketAddress.mapped(Memory.getInt(value + 4));
      }
      at += MessageHeader.controlSpace(bytes);
    }
  }

  private long message(int slot) {
    return messages + (long) slot * MessageHeader.BYTES;
  }

  private long control(int slot) {
    return controls + (long) slot * CONTROL_BYTES;
  }

  private static long bytes() {
    return (long) CAPACITY * SLOT_BYTES;
  }
}
