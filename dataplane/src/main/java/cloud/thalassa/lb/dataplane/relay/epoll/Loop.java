package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One epoll instance, and the thread that serves everything which lives on it: sockets that listen,
 * TCP connections and UDP flows. Its state is touched by that thread only.
 */
final class Loop {
  private static final Logger log = Logger.getLogger(Loop.class);
  private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Room before the bytes that are read, for a PROXY header. */
  static final int PREFIX_BYTES = 4096;

  /**
   * A loop has little to do at a time, and somebody waits for it: it goes before a thread that
   * reads documents, and takes turns with it more often.
   */
  private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private static final int EVENTS = 256;
  private static final int TASKS_A_TURN = 256;

  /** What an index in a token means. */
  private static final int WAKE = 0;

  private static final int SOCKET = 1;
  private static final int LEG = 2;
  private static final int FLOW = 3;
  private static final int KIND_SHIFT = 29;
  private static final int INDEX_MASK = (1 << KIND_SHIFT) - 1;

  final Linux linux;
  final Supplier<RoutingTable> table;
  final RelayLimits limits;
  final RandomGenerator random;

  /** For buffers; what it gave is addressed by number, and only from this loop. */
  final Arena arena = Arena.ofShared();

  /** One buffer for whoever reads now, of {@link RelayLimits#readBytes} and room for a header. */
  final long buffer;

  /** Room for one socket address and its length, and for one option. */
  final long address;

  final long addressLength;
  final long option;

  /** The time of this turn, as System.nanoTime has it. */
  long now = System.nanoTime();

  private final Linux outside;
  private final long one;
  private final int epoll;
  private final int wake;
  private final long events;
  private final TcpRelay tcp;
  private final UdpRelay udp;
  private final List<@Nullable LoopSocket> sockets = new ArrayList<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private int reserve = -1;
  private long nextTick;
  private long defectLoggedAt = now - LOG_PAUSE_NANOS;
  private boolean draining;
  private boolean more;

  /** Nothing lives here, and the last tick has said so to everybody. */
  private boolean quiet;

  private volatile boolean stopped;

  /**
   * @param linux for the thread of the loop
   * @param outside for all others, who only wake it
   */
  Loop(
      Linux linux,
      Linux outside,
      Supplier<RoutingTable> table,
      RelayLimits limits,
      RandomGenerator random)
      throws IOException {
    this.linux = linux;
    this.outside = outside;
    this.table = table;
    this.limits = limits;
    this.random = random;
    events = arena.allocate((long) EVENTS * Abi.EVENT_BYTES, 64).address();
    buffer = arena.allocate(PREFIX_BYTES + (long) limits.readBytes(), 4096).address();
    address = arena.allocate(128, 64).address();
    addressLength = address + 64;
    option = address + 96;
    one = arena.allocate(Long.BYTES, Long.BYTES).address();
    Memory.putLong(one, 1);
    epoll = SystemCallFailed.check("epoll_create1", linux.epollCreate());
    wake = SystemCallFailed.check("eventfd", linux.eventfd());
    watch(wake, Abi.EPOLLIN, WAKE, 0, 0);
    reserve = SystemCallFailed.check("eventfd", linux.eventfd());
    tcp = new TcpRelay(this);
    udp = new UdpRelay(this);
  }

  TcpRelay tcp() {
    return tcp;
  }

  UdpRelay udp() {
    return udp;
  }

  /** 0, or the negated errno. Edge-triggered, for reading and writing. */
  int watchLeg(int fd, int index, int generation) {
    return watch(
        fd, Abi.EPOLLIN | Abi.EPOLLOUT | Abi.EPOLLRDHUP | Abi.EPOLLET, LEG, index, generation);
  }

  /** 0, or the negated errno. Edge-triggered, for reading. */
  int watchFlow(int fd, int index, int generation) {
    return watch(fd, Abi.EPOLLIN | Abi.EPOLLET, FLOW, index, generation);
  }

  /** 0, or the negated errno. Level-triggered. */
  int watch(LoopSocket socket) {
    int index = sockets.indexOf(null);
    if (index < 0) {
      index = sockets.size();
      sockets.add(socket);
    } else {
      sockets.set(index, socket);
    }
    return watch(socket.fd(), Abi.EPOLLIN, SOCKET, index, 0);
  }

  /** It gets no events until it is resumed. */
  void pause(LoopSocket socket) {
    linux.epollCtl(epoll, Abi.EPOLL_CTL_DEL, socket.fd(), 0, 0);
  }

  void resume(LoopSocket socket) {
    watch(socket.fd(), Abi.EPOLLIN, SOCKET, sockets.indexOf(socket), 0);
  }

  /** It was closed. */
  void remove(LoopSocket socket) {
    sockets.set(sockets.indexOf(socket), null);
  }

  private int watch(int fd, int interest, int kind, int index, int generation) {
    long token = (long) generation << 32 | (long) kind << KIND_SHIFT | index;
    return linux.epollCtl(epoll, Abi.EPOLL_CTL_ADD, fd, interest, token);
  }

  /**
   * A new socket, or the negated errno. Where descriptors have run out, the one in reserve is given
   * for it: who was accepted is to be served.
   */
  int socket(int family, int type) {
    int fd = linux.socket(family, type);
    if (fd == -Abi.EMFILE && reserve >= 0) {
      linux.close(reserve);
      reserve = -1;
      fd = linux.socket(family, type);
    }
    return fd;
  }

  /** Whether there is a descriptor in reserve; without one nobody should be accepted. */
  boolean hasReserve() {
    if (reserve < 0) {
      reserve = linux.eventfd();
    }
    return reserve >= 0;
  }

  int setOption(int fd, int level, int name, int value) {
    Memory.putInt(option, value);
    return linux.setsockopt(fd, level, name, option, Integer.BYTES);
  }

  /** Its peer is told so when it is closed; nobody can take what arrived for all there was. */
  void resetOnClose(int fd) {
    Memory.putInt(option, 1);
    Memory.putInt(option + Integer.BYTES, 0);
    linux.setsockopt(fd, Abi.SOL_SOCKET, Abi.SO_LINGER, option, 2 * Integer.BYTES);
  }

  /** From any thread: runs it on the loop, between two turns. */
  void execute(Runnable task) {
    tasks.add(task);
    wakeUp();
  }

  /** A defect of ours may come with every connection: one a second says enough. */
  void logDefect(Throwable defect) {
    if (now - defectLoggedAt >= LOG_PAUSE_NANOS) {
      defectLoggedAt = now;
      log.error("A connection or flow was ended by a defect of this program", defect);
    }
  }

  /** Serves until {@link #stop}. */
  void run() {
    linux.setTimeSlice(SLICE_NANOS); // without it the loop runs as well, only later at times
    while (!stopped) {
      turn();
    }
  }

  void stop() {
    stopped = true;
    wakeUp();
  }

  /** After the last turn: gives everything back. */
  void close() {
    tcp.close();
    udp.close();
    if (reserve >= 0) {
      linux.close(reserve);
    }
    linux.close(wake);
    linux.close(epoll);
    arena.close();
  }

  void tableChanged() {
    execute(
        () -> {
          var newest = table.get();
          tcp.tableChanged(newest);
          udp.tableChanged(newest);
        });
  }

  /** Completes when nothing lives here any more, which is at the deadline or before. */
  CompletableFuture<Void> drain(long deadline) {
    execute(
        () -> {
          draining = true;
          tcp.shutdown(deadline);
          udp.shutdown(deadline);
          tick();
        });
    return drained;
  }

  private void turn() {
    int ready = linux.epollWait(epoll, events, EVENTS, timeout());
    now = System.nanoTime();
    if (ready < 0 && ready != -Abi.EINTR) {
      throw new UncheckedIOException(SystemCallFailed.of("epoll_wait", ready));
    }
    for (long at = events, end = at + (long) ready * Abi.EVENT_BYTES;
        at < end;
        at += Abi.EVENT_BYTES) {
      dispatch(Memory.getLong(at + Abi.EVENT_DATA), Memory.getInt(at));
    }
    quiet &= ready <= 0;
    more = tcp.turnEnded();
    more |= udp.turnEnded();
    if (woken.get()) {
      runTasks();
    }
    if (now - nextTick >= 0) {
      tick();
    }
  }

  private int timeout() {
    if (more) {
      return 0;
    }
    if (quiet) {
      return -1;
    }
    return (int) Math.clamp(TimeUnit.NANOSECONDS.toMillis(nextTick - now) + 1, 0, 1000);
  }

  private void dispatch(long token, int bits) {
    int generation = (int) (token >>> 32);
    int index = (int) token & INDEX_MASK;
    int kind = (int) token >>> KIND_SHIFT;
    try {
      switch (kind) {
        case LEG -> tcp.ready(index, generation, bits);
        case FLOW -> udp.ready(index, generation, bits);
        case SOCKET -> {
          var socket = sockets.get(index);
          if (socket != null) {
            socket.ready();
          }
        }
        default -> linux.read(wake, buffer, Long.BYTES);
      }
    } catch (RuntimeException | Error defect) {
      logDefect(defect);
      if (kind == LEG) {
        tcp.failed(index, generation);
      } else if (kind == FLOW) {
        udp.failed(index, generation);
      }
    }
  }

  private void runTasks() {
    woken.set(false);
    quiet = false;
    for (int i = 0; i < TASKS_A_TURN; i++) {
      var task = tasks.poll();
      if (task == null) {
        return;
      }
      try {
        task.run();
      } catch (RuntimeException | Error defect) {
        logDefect(defect);
      }
    }
    woken.set(true);
    more = true;
  }

  private void tick() {
    nextTick = now + limits.sweep().toNanos();
    tcp.tick();
    udp.tick();
    for (int i = 0; i < sockets.size(); i++) {
      var socket = sockets.get(i);
      if (socket != null) {
        socket.tick();
      }
    }
    boolean empty = tcp.size() + udp.size() == 0;
    quiet = empty && !anyPaused();
    if (draining && empty) {
      drained.complete(null);
    }
  }

  private boolean anyPaused() {
    for (var socket : sockets) {
      if (socket != null && socket.paused()) {
        return true;
      }
    }
    return false;
  }

  private void wakeUp() {
    if (!woken.getAndSet(true)) {
      outside.write(wake, one, Long.BYTES);
    }
  }
}
