package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.meter.PoolMeters;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.table.Route;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a loop, in flat arrays: some 170 bytes each, whatever they do. A connection is
 * a number, {@code c}; its legs are {@code 2c}, the client's, and {@code 2c + 1}, the target's. The
 * other leg of a leg is {@code leg ^ 1}; what a leg says about bytes concerns those that come from
 * it.
 */
final class Connections {
  /** States of a connection. */
  static final byte FREE = 0;

  /** It is to say who its client is. */
  static final byte IDENTIFYING = 1;

  static final byte CONNECTING = 2;
  static final byte RELAYING = 3;

  /** Flags of a leg: there may be something to read. */
  static final int READABLE = 1;

  /** It will end or fail, so that it has to be read until it says so. */
  static final int ENDING = 1 << 1;

  /** It was read to its end. */
  static final int ENDED = 1 << 2;

  /** Its end was passed on to the other leg. */
  static final int PASSED = 1 << 3;

  /** It takes no more bytes for now. */
  static final int BLOCKED = 1 << 4;

  /** It has proved to send in bulk. */
  static final int BULK = 1 << 5;

  /** It has had its share of this turn, and waits for the next one. */
  static final int WAITING = 1 << 6;

  static final int NONE = -1;
  private static final int FIRST_CAPACITY = 64;

  // By leg.
  int[] fd = new int[0];
  int[] flags = new int[0];
  int[] streak = new int[0];

  /** Bytes that were read and could not be written yet: in a chunk from an offset, or in a pipe. */
  int[] held = new int[0];

  int[] chunk = new int[0];
  int[] chunkOffset = new int[0];
  int[] pipe = new int[0];
  long[] received = new long[0];

  // By connection.
  byte[] state = new byte[0];
  byte[] tries = new byte[0];
  int[] generation = new int[0];
  int[] clientPort = new int[0];
  long[] clientHigh = new long[0];
  long[] clientLow = new long[0];
  long[] openedAt = new long[0];
  long[] activeAt = new long[0];
  @Nullable TerminationReason[] finishing = new TerminationReason[0];

  /** To where the client connected, if it is not the address of the socket. */
  @Nullable InetSocketAddress[] destination = new InetSocketAddress[0];

  TcpListener[] listener = new TcpListener[0];
  Route[] route = new Route[0];
  PoolMeters[] poolMeters = new PoolMeters[0];
  @Nullable Target[] target = new Target[0];
  @Nullable Iterator<Target>[] candidates = iterators(0);

  private int[] free = new int[0];
  private int freeCount;
  private int size;

  int size() {
    return size;
  }

  /** Numbers are below this. */
  int capacity() {
    return state.length;
  }

  /** A number for a new connection, whose legs are empty. */
  int take() {
    if (freeCount == 0) {
      grow();
    }
    int c = free[--freeCount];
    size++;
    clear(2 * c);
    clear(2 * c + 1);
    tries[c] = 0;
    finishing[c] = null;
    return c;
  }

  /** From now on every event that was meant for it is a stale one. */
  void give(int c) {
    state[c] = FREE;
    generation[c]++;
    flags[2 * c] = 0;
    flags[2 * c + 1] = 0;
    target[c] = null;
    destination[c] = null;
    candidates[c] = null;
    size--;
    free[freeCount++] = c;
  }

  void clear(int leg) {
    fd[leg] = NONE;
    flags[leg] = 0;
    streak[leg] = 0;
    held[leg] = 0;
    chunk[leg] = NONE;
    pipe[leg] = NONE;
    received[leg] = 0;
  }

  private void grow() {
    int before = capacity();
    int now = Math.max(FIRST_CAPACITY, 2 * before);
    fd = Arrays.copyOf(fd, 2 * now);
    flags = Arrays.copyOf(flags, 2 * now);
    streak = Arrays.copyOf(streak, 2 * now);
    held = Arrays.copyOf(held, 2 * now);
    chunk = Arrays.copyOf(chunk, 2 * now);
    chunkOffset = Arrays.copyOf(chunkOffset, 2 * now);
    pipe = Arrays.copyOf(pipe, 2 * now);
    received = Arrays.copyOf(received, 2 * now);
    state = Arrays.copyOf(state, now);
    tries = Arrays.copyOf(tries, now);
    generation = Arrays.copyOf(generation, now);
    clientPort = Arrays.copyOf(clientPort, now);
    clientHigh = Arrays.copyOf(clientHigh, now);
    clientLow = Arrays.copyOf(clientLow, now);
    openedAt = Arrays.copyOf(openedAt, now);
    activeAt = Arrays.copyOf(activeAt, now);
    finishing = Arrays.copyOf(finishing, now);
    destination = Arrays.copyOf(destination, now);
    listener = Arrays.copyOf(listener, now);
    route = Arrays.copyOf(route, now);
    poolMeters = Arrays.copyOf(poolMeters, now);
    target = Arrays.copyOf(target, now);
    candidates = Arrays.copyOf(candidates, now);
    free = new int[now];
    for (int c = now - 1; c >= before; c--) {
      free[freeCount++] = c;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
  private static @Nullable Iterator<Target>[] iterators(int length) {
    return new Iterator[length];
  }
}
