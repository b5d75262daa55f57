package cloud.thalassa.lb.dataplane.relay.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * libc by java.lang.foreign. Pointers are passed as numbers, so that a call makes no object, and
 * what cannot block is a critical call, without the thread's change of state.
 */
final class ForeignLinux implements Linux {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final Linker.Option AT_ONCE = Linker.Option.critical(false);

  /**
   * Two shapes for all of libc, because Java makes code for each, in 7 ms of a start. On both
   * architectures an int travels in the lower half of a register, and arguments that a function
   * does not have in registers that it does not read.
   */
  private static final FunctionDescriptor FOUR =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final FunctionDescriptor SIX = FOUR.appendArgumentLayouts(JAVA_LONG, JAVA_LONG);

  private static final MethodHandle EPOLL_CREATE1 = call("epoll_create1", FOUR);
  private static final MethodHandle EPOLL_CTL = call("epoll_ctl", FOUR);
  private static final MethodHandle EVENTFD = call("eventfd", FOUR);
  private static final MethodHandle SOCKET = call("socket", FOUR);
  private static final MethodHandle BIND = call("bind", FOUR);
  private static final MethodHandle LISTEN = call("listen", FOUR);
  private static final MethodHandle ACCEPT4 = call("accept4", FOUR);
  private static final MethodHandle CONNECT = call("connect", FOUR);
  private static final MethodHandle GETSOCKNAME = call("getsockname", FOUR);
  private static final MethodHandle SHUTDOWN = call("shutdown", FOUR);
  private static final MethodHandle RECV = call("recv", FOUR);
  private static final MethodHandle SEND = call("send", FOUR);
  private static final MethodHandle PIPE2 = call("pipe2", FOUR);
  private static final MethodHandle SENDMSG = call("sendmsg", FOUR);
  private static final MethodHandle SENDMMSG = call("sendmmsg", FOUR);
  private static final MethodHandle MUNMAP = call("munmap", FOUR);
  private static final MethodHandle READ = call("read", FOUR);
  private static final MethodHandle WRITE = call("write", FOUR);
  private static final MethodHandle CLOSE = call("close", FOUR);
  private static final MethodHandle SETSOCKOPT = call("setsockopt", SIX);
  private static final MethodHandle GETSOCKOPT = call("getsockopt", SIX);
  private static final MethodHandle SPLICE = call("splice", SIX);
  private static final MethodHandle RECVMMSG = call("recvmmsg", SIX);
  private static final MethodHandle MMAP = call("mmap", SIX);

  private static final MethodHandle EPOLL_WAIT = handle("epoll_wait", FOUR, ERRNO);
  private static final MethodHandle SYSCALL =
      handle("syscall", SIX, ERRNO, Linker.Option.firstVariadicArg(1));

  private static final long CLOEXEC = 0x80000;
  private static final long NONBLOCK = 0x800;
  private static final long SHUT_WR = 1;
  private static final long SPLICE_MOVE_NONBLOCK = 3;
  private static final long PROT_READ_WRITE = 3;
  private static final long MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
  private static final long F_SETPIPE_SZ = 1031;

  private final MemorySegment errno;
  private final MemorySegment event;

  /** For one thread at a time. What it keeps is small, and stays: checks of its life would cost. */
  ForeignLinux() {
    errno = Arena.global().allocate(Linker.Option.captureStateLayout());
    event = Arena.global().allocate(Abi.EVENT_BYTES, 8);
  }

  @Override
  public int epollCreate() {
    try {
      return result((long) EPOLL_CREATE1.invokeExact(errno, CLOEXEC, 0L, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int epollCtl(int epoll, int operation, int fd, int events, long token) {
    event.set(JAVA_INT, 0, events);
    event.set(ValueLayout.JAVA_LONG_UNALIGNED, Abi.EVENT_DATA, token);
    try {
      return result(
          (long)
              EPOLL_CTL.invokeExact(
                  errno, (long) epoll, (long) operation, (long) fd, event.address()));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int epollWait(int epoll, long events, int capacity, int timeout) {
    try {
      return result(
          (long)
              EPOLL_WAIT.invokeExact(errno, (long) epoll, events, (long) capacity, (long) timeout));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  /** Every other attribute stays as whoever started this program chose it. */
  @Override
  public int setTimeSlice(long nanos) {
    try (var arena = Arena.ofConfined()) {
      var attributes = arena.allocate(Abi.SCHED_ATTR_BYTES, 8);
      int known = schedule(Abi.SYS_SCHED_GETATTR, attributes.address(), Abi.SCHED_ATTR_BYTES);
      if (known < 0) {
        return known;
      }
      attributes.set(JAVA_LONG, Abi.SCHED_ATTR_RUNTIME, nanos);
      return schedule(Abi.SYS_SCHED_SETATTR, attributes.address(), 0);
    }
  }

  /** Of the calling thread. */
  private int schedule(long number, long attributes, int last) {
    return syscall(number, 0, attributes, last, 0);
  }

  /** What libc has no function for, or one of a shape of its own. */
  private int syscall(long number, long first, long second, long third, long fourth) {
    try {
      return result((long) SYSCALL.invokeExact(errno, number, first, second, third, fourth, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int eventfd() {
    try {
      return result((long) EVENTFD.invokeExact(errno, 0L, NONBLOCK | CLOEXEC, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int socket(int family, int type) {
    try {
      return result(
          (long) SOCKET.invokeExact(errno, (long) family, type | NONBLOCK | CLOEXEC, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int bind(int fd, long address, int length) {
    try {
      return result((long) BIND.invokeExact(errno, (long) fd, address, (long) length, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int listen(int fd, int backlog) {
    try {
      return result((long) LISTEN.invokeExact(errno, (long) fd, (long) backlog, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int accept(int fd, long address, long length) {
    try {
      return result(
          (long) ACCEPT4.invokeExact(errno, (long) fd, address, length, NONBLOCK | CLOEXEC));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int connect(int fd, long address, int length) {
    try {
      return result((long) CONNECT.invokeExact(errno, (long) fd, address, (long) length, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int getsockname(int fd, long address, long length) {
    try {
      return result((long) GETSOCKNAME.invokeExact(errno, (long) fd, address, length, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int setsockopt(int fd, int level, int name, long value, int length) {
    try {
      return result(
          (long)
              SETSOCKOPT.invokeExact(
                  errno, (long) fd, (long) level, (long) name, value, (long) length, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int getsockopt(int fd, int level, int name, long value, long length) {
    try {
      return result(
          (long)
              GETSOCKOPT.invokeExact(
                  errno, (long) fd, (long) level, (long) name, value, length, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int shutdownOutput(int fd) {
    try {
      return result((long) SHUTDOWN.invokeExact(errno, (long) fd, SHUT_WR, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int recv(int fd, long buffer, int length, int flags) {
    try {
      return result((long) RECV.invokeExact(errno, (long) fd, buffer, (long) length, (long) flags));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int send(int fd, long buffer, int length, int flags) {
    try {
      return result((long) SEND.invokeExact(errno, (long) fd, buffer, (long) length, (long) flags));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int splice(int from, int to, int length) {
    try {
      return result(
          (long)
              SPLICE.invokeExact(
                  errno, (long) from, 0L, (long) to, 0L, (long) length, SPLICE_MOVE_NONBLOCK));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int pipe(long fds) {
    try {
      return result((long) PIPE2.invokeExact(errno, fds, NONBLOCK | CLOEXEC, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int setPipeSize(int fd, int bytes) {
    return syscall(Abi.SYS_FCNTL, fd, F_SETPIPE_SZ, bytes, 0);
  }

  @Override
  public int sendmsg(int fd, long message, int flags) {
    try {
      return result((long) SENDMSG.invokeExact(errno, (long) fd, message, (long) flags, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int recvmmsg(int fd, long messages, int count, int flags) {
    try {
      return result(
          (long)
              RECVMMSG.invokeExact(errno, (long) fd, messages, (long) count, (long) flags, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int sendmmsg(int fd, long messages, int count, int flags) {
    try {
      return result(
          (long) SENDMMSG.invokeExact(errno, (long) fd, messages, (long) count, (long) flags));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public long map(long bytes) {
    try {
      long address =
          (long)
              MMAP.invokeExact(
                  errno, 0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1L, 0L);
      return address == -1 ? -errno.get(JAVA_INT, 0) : address;
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int unmap(long address, long bytes) {
    try {
      return result((long) MUNMAP.invokeExact(errno, address, bytes, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int read(int fd, long buffer, int length) {
    try {
      return result((long) READ.invokeExact(errno, (long) fd, buffer, (long) length, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int write(int fd, long buffer, int length) {
    try {
      return result((long) WRITE.invokeExact(errno, (long) fd, buffer, (long) length, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int close(int fd) {
    try {
      return result((long) CLOSE.invokeExact(errno, (long) fd, 0L, 0L, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  /** Its lower half: of a function that returns an int the upper one says nothing. */
  private int result(long returned) {
    var value = (int) returned;
    return value >= 0 ? value : -errno.get(JAVA_INT, 0);
  }

  private static MethodHandle call(String name, FunctionDescriptor shape) {
    return handle(name, shape, ERRNO, AT_ONCE);
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    var symbol =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("libc has no " + name));
    return LINKER.downcallHandle(symbol, shape, options);
  }

  /** A downcall throws nothing of its own. */
  private static AssertionError never(Throwable thrown) {
    return new AssertionError(thrown);
  }
}
