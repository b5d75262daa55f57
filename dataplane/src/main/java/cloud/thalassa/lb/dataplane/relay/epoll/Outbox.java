package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.relay.DropReason;
import java.lang.foreign.Arena;

/**
 * Datagrams that go out of one socket in one system call, in the order in which they were added.
 * Nothing is copied: what was added has to stay until it is sent. Datagrams of one size that follow
 * one another to the same owner are a run: one message, which the system takes apart as late as it
 * can (UDP_SEGMENT). The last one of a run may be shorter.
 */
final class Outbox {
  /** Whom it concerns: a flow. Told about every datagram exactly once. */
  interface Owner {
    void sent(int flow, int bytes);

    void dropped(int flow, DropReason reason, int datagrams);

    /** The system takes no runs of this flow whose datagrams are longer than this; 0: none. */
    void limitRuns(int flow, int bytes);

    /** The target answered port unreachable: the socket to go on with, negative when none. */
    int unreachable(int flow);
  }

  private static final int MESSAGES = 64;
  private static final int VECTORS = 512;

  /** What the system takes in a run (UDP_MAX_SEGMENTS, which later kernels double). */
  private static final int RUN_DATAGRAMS = 64;

  private static final int RUN_BYTES = 65_507;
  private static final int CONTROL_BYTES = 64;

  private final Linux linux;
  private final Owner owner;
  private final long messages;
  private final long vectors;
  private final long controls;
  private final Singles singles;

  private final int[] flow = new int[MESSAGES];
  private final int[] firstVector = new int[MESSAGES + 1];
  private final int[] datagrams = new int[MESSAGES];
  private final int[] segment = new int[MESSAGES];
  private final int[] bytes = new int[MESSAGES];
  private final int[] payload = new int[MESSAGES];
  private int count;
  private int vectorCount;

  private int fd;
  private int currentFlow;
  private int longestOfRun;
  private long prefix;
  private int prefixLength;
  private long name;
  private int nameLength;
  private long source;
  private int sourceLength;

  /** Whether the last message is a run that takes more. */
  private boolean open;

  Outbox(Linux linux, Arena arena, Owner owner) {
    this.linux = linux;
    this.owner = owner;
    messages = arena.allocate((long) MESSAGES * MessageHeader.BYTES, 64).address();
    vectors = arena.allocate((long) VECTORS * MessageHeader.VECTOR_BYTES, 64).address();
    controls = arena.allocate((long) MESSAGES * CONTROL_BYTES, 64).address();
    singles = new Singles(arena);
  }

  /** What is added from now on goes out of this socket. It must be empty. */
  void through(int socket) {
    fd = socket;
  }

  /**
   * What is added from now on belongs to this flow.
   *
   * @param longestOfRun of the datagrams in a run
   */
  void of(int flow, int longestOfRun) {
    currentFlow = flow;
    this.longestOfRun = longestOfRun;
    open = false;
  }

  /** Bytes before each datagram. */
  void prefix(long address, int length) {
    prefix = address;
    prefixLength = length;
  }

  /**
   * Where it goes, of a socket that is not connected.
   *
   * @param source control message that says from which address; length 0: from the socket's own
   */
  void recipient(long name, int nameLength, long source, int sourceLength) {
    this.name = name;
    this.nameLength = nameLength;
    this.source = source;
    this.sourceLength = sourceLength;
  }

  /** Adds datagrams of one size, one behind the other; the last one may be shorter. */
  void add(long data, int length, int size) {
    if (length <= size) {
      append(data, length, size, 1);
      return;
    }
    int most = 1;
    if (prefixLength == 0 && size <= longestOfRun) {
      most = Math.max(1, Math.min(RUN_DATAGRAMS, RUN_BYTES / size));
    }
    for (int done = 0; done < length; done += most * size) {
      int part = Math.min(most * size, length - done);
      append(data + done, part, size, (part + size - 1) / size);
    }
  }

  private void append(long data, int length, int size, int added) {
    int whole = prefixLength + length;
    int wholeSize = prefixLength + (added == 1 ? length : size);
    if (!joins(whole, wholeSize, added)) {
      begin(wholeSize);
    }
    int m = count - 1;
    if (prefixLength > 0) {
      vector(prefix, prefixLength);
    }
    vector(data, length);
    datagrams[m] += added;
    bytes[m] += whole;
    payload[m] += length;
    open &= whole == added * segment[m];
  }

  private boolean joins(int whole, int wholeSize, int added) {
    if (!open || whole == 0 || vectorCount + 2 > VECTORS) {
      return false;
    }
    int m = count - 1;
    return (wholeSize == segment[m] || (added == 1 && wholeSize < segment[m]))
        && datagrams[m] + added <= RUN_DATAGRAMS
        && bytes[m] + whole <= RUN_BYTES;
  }

  private void begin(int size) {
    if (count == MESSAGES || vectorCount + 2 > VECTORS) {
      send();
    }
    int m = count++;
    flow[m] = currentFlow;
    firstVector[m] = vectorCount;
    datagrams[m] = 0;
    segment[m] = size;
    bytes[m] = 0;
    payload[m] = 0;
    MessageHeader.name(message(m), name, nameLength);
    if (sourceLength > 0) {
      Memory.copy(source, control(m), sourceLength);
    }
    MessageHeader.control(message(m), control(m), sourceLength);
    open = size > 0 && size <= longestOfRun;
  }

  private void vector(long address, int length) {
    MessageHeader.vector(vectorAt(vectorCount++), address, length);
  }

  /** Sends what was added, so that it is empty. */
  void send() {
    if (count == 1 && vectorCount == 1 && datagrams[0] == 1 && nameLength == 0) {
      sendOne();
    } else {
      sendAll();
    }
    clear();
  }

  /** Forgets what was not sent. */
  void clear() {
    count = 0;
    vectorCount = 0;
    open = false;
  }

  /** The same with the cheapest call. */
  private void sendOne() {
    int result = linux.send(fd, Memory.getLong(vectors), bytes[0], 0);
    if (result >= 0) {
      owner.sent(flow[0], payload[0]);
    } else {
      sendAll();
    }
  }

  private void sendAll() {
    firstVector[count] = vectorCount;
    for (int m = 0; m < count; m++) {
      seal(m);
    }
    int m = 0;
    while (m < count) {
      int result = linux.sendmmsg(fd, message(m), count - m, 0);
      if (result == -Abi.EAGAIN) {
        dropFrom(m);
        return;
      }
      if (result < 0) {
        m = failed(m, -result);
      } else {
        for (int end = m + result; m < end; m++) {
          owner.sent(flow[m], payload[m]);
        }
      }
    }
  }

  private void seal(int m) {
    int first = firstVector[m];
    MessageHeader.vectors(message(m), vectorAt(first), firstVector[m + 1] - first);
    if (datagrams[m] > 1) {
      int length = (int) MessageHeader.controlLength(message(m));
      long at =
          MessageHeader.controlHeader(control(m) + length, Abi.IPPROTO_UDP, Abi.UDP_SEGMENT, 2);
      Memory.putShort(at, segment[m]);
      MessageHeader.control(
          message(m), control(m), length + MessageHeader.controlSpace(Short.BYTES));
    }
  }

  private void dropFrom(int m) {
    for (; m < count; m++) {
      owner.dropped(flow[m], DropReason.CONGESTED, datagrams[m]);
    }
  }

  /** The message to go on with. */
  private int failed(int m, int errno) {
    if (datagrams[m] > 1 && (errno == Abi.EINVAL || errno == Abi.EMSGSIZE || errno == Abi.EIO)) {
      // Longer than the path takes whole, or a device that computes no checksums.
      owner.limitRuns(flow[m], errno == Abi.EIO ? 0 : segment[m] - 1);
      return sendSingly(m);
    }
    if (errno == Abi.ECONNREFUSED) {
      fd = owner.unreachable(flow[m]);
      return fd < 0 ? count : m;
    }
    owner.dropped(flow[m], reason(errno), datagrams[m]);
    return m + 1;
  }

  private int sendSingly(int m) {
    int prefixes = (bytes[m] - payload[m]) / datagrams[m];
    singles.begin(message(m), segment[m], sourceLength);
    while (singles.next()) {
      int result = linux.sendmsg(fd, singles.message(), 0);
      if (result == -Abi.ECONNREFUSED) {
        fd = owner.unreachable(flow[m]);
        if (fd < 0) {
          return count;
        }
        result = linux.sendmsg(fd, singles.message(), 0);
      }
      if (result < 0) {
        owner.dropped(flow[m], reason(-result), 1);
      } else {
        owner.sent(flow[m], result - prefixes);
      }
    }
    return m + 1;
  }

  private static DropReason reason(int errno) {
    return switch (errno) {
      case Abi.EAGAIN, Abi.ENOBUFS -> DropReason.CONGESTED;
      case Abi.EMSGSIZE -> DropReason.OVERSIZE;
      default -> DropReason.SEND_FAILED;
    };
  }

  private long message(int m) {
    return messages + (long) m * MessageHeader.BYTES;
  }

  private long control(int m) {
    return controls + (long) m * CONTROL_BYTES;
  }

  private long vectorAt(int vector) {
    return vectors + (long) vector * MessageHeader.VECTOR_BYTES;
  }
}
