package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.meter.PoolMeters;
import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.table.Route;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The UDP flows of a loop, in flat arrays: some 350 bytes each. A flow is a number. What the system
 * reads of it, the client's address and the PROXY header, is in native memory.
 */
final class Flows {
  static final int NONE = -1;
  private static final int FIRST_CAPACITY = 64;

  /** The client's socket address, the source of answers, and the PROXY header. */
  private static final int RECORD_BYTES = 192;

  private static final int SOURCE = 32;
  private static final int HEADER = 80;

  boolean[] live = new boolean[0];

  /** Of the tokens of its socket: each socket has its own. */
  int[] generation = new int[0];

  /** The socket that is connected to the target. */
  int[] fd = new int[0];

  UdpSocket[] socket = new UdpSocket[0];
  long[] clientHigh = new long[0];
  long[] clientLow = new long[0];
  int[] clientPort = new int[0];

  /** Where the client sent to, of wildcard bindings; otherwise 0. */
  long[] localHigh = new long[0];

  long[] localLow = new long[0];

  /** Under which it came in. */
  Route[] entry = new Route[0];

  /** From which its target is. */
  Route[] route = new Route[0];

  PoolMeters[] poolMeters = new PoolMeters[0];
  @Nullable Target[] target = new Target[0];

  /** Of its last target. */
  @Nullable InetSocketAddress[] targetAddress = new InetSocketAddress[0];

  Iterator<Target>[] candidates = iterators(0);
  long[] openedAt = new long[0];
  long[] activeAt = new long[0];
  long[] toTarget = new long[0];
  long[] toClient = new long[0];

  /** Of a datagram to the target, the header included. */
  int[] longest = new int[0];

  int[] headerLength = new int[0];
  int[] sourceLength = new int[0];

  /** The longest datagrams that go out in runs. */
  int[] longestRunToTarget = new int[0];

  int[] longestRunToClient = new int[0];

  /** The slots of the inbox that hold datagrams for its target. */
  int[] firstSlot = new int[0];

  int[] lastSlot = new int[0];

  private final Arena arena;
  private long[] records = new long[0];
  private int[] free = new int[0];
  private int freeCount;
  private int size;

  Flows(Arena arena) {
    this.arena = arena;
  }

  int size() {
    return size;
  }

  /** Numbers are below this. */
  int capacity() {
    return live.length;
  }

  int take() {
    if (freeCount == 0) {
      grow();
    }
    int c = free[--freeCount];
    size++;
    live[c] = true;
    fd[c] = NONE;
    target[c] = null;
    targetAddress[c] = null;
    toTarget[c] = 0;
    toClient[c] = 0;
    firstSlot[c] = NONE;
    lastSlot[c] = NONE;
    longestRunToTarget[c] = Integer.MAX_VALUE;
    longestRunToClient[c] = Integer.MAX_VALUE;
    return c;
  }

  /** From now on every event that was meant for it is a stale one. */
  void give(int c) {
    live[c] = false;
    generation[c]++;
    size--;
    free[freeCount++] = c;
  }

  /** The client's socket address. */
  long client(int c) {
    return records[c / FIRST_CAPACITY] + (long) (c % FIRST_CAPACITY) * RECORD_BYTES;
  }

  /** A control message that says from which address it is answered. */
  long source(int c) {
    return client(c) + SOURCE;
  }

  /** The PROXY header. */
  long header(int c) {
    return client(c) + HEADER;
  }

  private void grow() {
    int before = capacity();
    int now = Math.max(FIRST_CAPACITY, 2 * before);
    live = Arrays.copyOf(live, now);
    generation = Arrays.copyOf(generation, now);
    fd = Arrays.copyOf(fd, now);
    socket = Arrays.copyOf(socket, now);
    clientHigh = Arrays.copyOf(clientHigh, now);
    clientLow = Arrays.copyOf(clientLow, now);
    clientPort = Arrays.copyOf(clientPort, now);
    localHigh = Arrays.copyOf(localHigh, now);
    localLow = Arrays.copyOf(localLow, now);
    entry = Arrays.copyOf(entry, now);
    route = Arrays.copyOf(route, now);
    poolMeters = Arrays.copyOf(poolMeters, now);
    target = Arrays.copyOf(target, now);
    candidates = Arrays.copyOf(candidates, now);
    openedAt = Arrays.copyOf(openedAt, now);
    toTarget = Arrays.copyOf(toTarget, now);
    toClient = Arrays.copyOf(toClient, now);
    targetAddress = Arrays.copyOf(targetAddress, now);
    activeAt = Arrays.copyOf(activeAt, now);
    longest = Arrays.copyOf(longest, now);
    headerLength = Arrays.copyOf(headerLength, now);
    sourceLength = Arrays.copyOf(sourceLength, now);
    longestRunToTarget = Arrays.copyOf(longestRunToTarget, now);
    longestRunToClient = Arrays.copyOf(longestRunToClient, now);
    firstSlot = Arrays.copyOf(firstSlot, now);
    lastSlot = Arrays.copyOf(lastSlot, now);
    records = Arrays.copyOf(records, now / FIRST_CAPACITY);
    for (int i = before / FIRST_CAPACITY; i < records.length; i++) {
      records[i] = arena.allocate((long) FIRST_CAPACITY * RECORD_BYTES, 64).address();
    }
    free = new int[now];
    for (int c = now - 1; c >= before; c--) {
      free[freeCount++] = c;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
  private static Iterator<Target>[] iterators(int length) {
    return new Iterator[length];
  }
}
