package cloud.thalassa.lb.dataplane.relay.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
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

  private static final MethodHandle EPOLL_CREATE1 = call("epoll_create1", JAVA_INT);
  private static final MethodHandle EPOLL_CTL =
      call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle EPOLL_WAIT =
      handle(
          "epoll_wait",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT),
          ERRNO);
  private static final MethodHandle SYSCALL =
      handle(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          ERRNO,
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle LISTEN = call("listen", JAVA_INT, JAVA_INT);
  private static final MethodHandle ACCEPT4 =
      call("accept4", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CONNECT = call("connect", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      call("getsockname", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SETSOCKOPT =
      call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle RECV = size("recv", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SEND = size("send", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SPLICE =
      size("splice", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle PIPE2 = call("pipe2", JAVA_LONG, JAVA_INT);
  private static final MethodHandle FCNTL =
      handle(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          ERRNO,
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SENDMSG = size("sendmsg", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECVMMSG =
      call("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SENDMMSG =
      call("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle MMAP =
      size("mmap", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle MUNMAP = call("munmap", JAVA_LONG, JAVA_LONG);
  private static final MethodHandle READ = size("read", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle WRITE = size("write", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle CLOSE = call("close", JAVA_INT);

  private static final int CLOEXEC = 0x80000;
  private static final int NONBLOCK = 0x800;
  private static final int SHUT_WR = 1;
  private static final int SPLICE_MOVE_NONBLOCK = 3;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
  private static final int F_SETPIPE_SZ = 1031;

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
      return result((int) EPOLL_CREATE1.invokeExact(errno, CLOEXEC));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int epollCtl(int epoll, int operation, int fd, int events, long token) {
    event.set(JAVA_INT, 0, events);
    event.set(ValueLayout.JAVA_LONG_UNALIGNED, Abi.EVENT_DATA, token);
    try {
      return result((int) EPOLL_CTL.invokeExact(errno, epoll, operation, fd, event.address()));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int epollWait(int epoll, long events, int capacity, int timeout) {
    try {
      return result((int) EPOLL_WAIT.invokeExact(errno, epoll, events, capacity, timeout));
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

  /** Of the calling thread. libc has no function for these. */
  private int schedule(long number, long attributes, long last) {
    try {
      return result((long) SYSCALL.invokeExact(errno, number, 0L, attributes, last, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int eventfd() {
    try {
      return result((int) EVENTFD.invokeExact(errno, 0, NONBLOCK | CLOEXEC));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int socket(int family, int type) {
    try {
      return result((int) SOCKET.invokeExact(errno, family, type | NONBLOCK | CLOEXEC, 0));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int bind(int fd, long address, int length) {
    try {
      return result((int) BIND.invokeExact(errno, fd, address, length));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int listen(int fd, int backlog) {
    try {
      return result((int) LISTEN.invokeExact(errno, fd, backlog));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int accept(int fd, long address, long length) {
    try {
      return result((int) ACCEPT4.invokeExact(errno, fd, address, length, NONBLOCK | CLOEXEC));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int connect(int fd, long address, int length) {
    try {
      return result((int) CONNECT.invokeExact(errno, fd, address, length));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int getsockname(int fd, long address, long length) {
    try {
      return result((int) GETSOCKNAME.invokeExact(errno, fd, address, length));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int setsockopt(int fd, int level, int name, long value, int length) {
    try {
      return result((int) SETSOCKOPT.invokeExact(errno, fd, level, name, value, length));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int getsockopt(int fd, int level, int name, long value, long length) {
    try {
      return result((int) GETSOCKOPT.invokeExact(errno, fd, level, name, value, length));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int shutdownOutput(int fd) {
    try {
      return result((int) SHUTDOWN.invokeExact(errno, fd, SHUT_WR));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int recv(int fd, long buffer, int length, int flags) {
    try {
      return result((long) RECV.invokeExact(errno, fd, buffer, (long) length, flags));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int send(int fd, long buffer, int length, int flags) {
    try {
      return result((long) SEND.invokeExact(errno, fd, buffer, (long) length, flags));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int splice(int from, int to, int length) {
    try {
      return result(
          (long) SPLICE.invokeExact(errno, from, 0L, to, 0L, (long) length, SPLICE_MOVE_NONBLOCK));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int pipe(long fds) {
    try {
      return result((int) PIPE2.invokeExact(errno, fds, NONBLOCK | CLOEXEC));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int setPipeSize(int fd, int bytes) {
    try {
      return result((int) FCNTL.invokeExact(errno, fd, F_SETPIPE_SZ, bytes));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int sendmsg(int fd, long message, int flags) {
    try {
      return result((long) SENDMSG.invokeExact(errno, fd, message, flags));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int recvmmsg(int fd, long messages, int count, int flags) {
    try {
      return result((int) RECVMMSG.invokeExact(errno, fd, messages, count, flags, 0L));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int sendmmsg(int fd, long messages, int count, int flags) {
    try {
      return result((int) SENDMMSG.invokeExact(errno, fd, messages, count, flags));
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
                  errno, 0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
      return address == -1 ? -errno.get(JAVA_INT, 0) : address;
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int unmap(long address, long bytes) {
    try {
      return result((int) MUNMAP.invokeExact(errno, address, bytes));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int read(int fd, long buffer, int length) {
    try {
      return result((long) READ.invokeExact(errno, fd, buffer, (long) length));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int write(int fd, long buffer, int length) {
    try {
      return result((long) WRITE.invokeExact(errno, fd, buffer, (long) length));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  @Override
  public int close(int fd) {
    try {
      return result((int) CLOSE.invokeExact(errno, fd));
    } catch (Throwable t) {
      throw never(t);
    }
  }

  private int result(long returned) {
    return returned >= 0 ? (int) returned : -errno.get(JAVA_INT, 0);
  }

  /** Of a call that returns an int and cannot block. */
  private static MethodHandle call(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments), ERRNO, AT_ONCE);
  }

  /** Of a call that returns a ssize_t and cannot block. */
  private static MethodHandle size(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_LONG, arguments), ERRNO, AT_ONCE);
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    var symbol =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("libc has no " + name));
    return LINKER.downcallHandle(symbol, descriptor, options);
  }

  /** A downcall throws nothing of its own. */
  private static AssertionError never(Throwable thrown) {
    return new AssertionError(thrown);
  }
}
