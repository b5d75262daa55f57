package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.crds.Protocol;
import java.lang.foreign.Arena;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Binds one socket per loop to the same address (SO_REUSEPORT). The first is bound alone, and
 * shares its port only then: a port that another program serves must not look free.
 */
final class SocketBinder {
  private final Linux linux;
  private final int backlog;
  private final long address = Arena.global().allocate(64, 8).address();
  private final long option = address + 48;
  private final long length = address + 56;

  SocketBinder(Linux linux, int backlog) {
    this.linux = linux;
    this.backlog = backlog;
  }

  /** Fails with a sentence, and then keeps nothing open. */
  synchronized int[] bind(Protocol protocol, InetSocketAddress where, int sockets)
      throws SystemCallFailed {
    var fds = new int[sockets];
    int open = 0;
    try {
      for (; open < sockets; open++) {
        var at = open == 0 ? where : localAddress(fds[0]);
        fds[open] = bind(protocol, where, at.getPort(), open > 0);
        if (open == 0 && sockets > 1) {
          set(fds[0], Abi.SOL_SOCKET, Abi.SO_REUSEPORT, 1);
        }
      }
      if (protocol == Protocol.TCP) {
        for (int fd : fds) {
          SystemCallFailed.check("listen", linux.listen(fd, backlog));
        }
      }
      return fds;
    } catch (SystemCallFailed e) {
      for (int i = 0; i < open; i++) {
        linux.close(fds[i]);
      }
      throw e;
    }
  }

  synchronized InetSocketAddress localAddress(int fd) throws SystemCallFailed {
    Memory.putInt(length, SocketAddress.BYTES);
    SystemCallFailed.check("getsockname", linux.getsockname(fd, address, length));
    return SocketAddress.read(address);
  }

  private int bind(Protocol protocol, InetSocketAddress where, int port, boolean shared)
      throws SystemCallFailed {
    int type = protocol == Protocol.TCP ? Abi.SOCK_STREAM : Abi.SOCK_DGRAM;
    var ip = where.getAddress();
    boolean both = ip.isAnyLocalAddress();
    int fd = both ? linux.socket(Abi.AF_INET6, type) : -1;
    both &= fd >= 0; // a machine may be without IPv6
    if (fd < 0) {
      fd = SystemCallFailed.check("socket", linux.socket(SocketAddress.family(ip), type));
    }
    try {
      if (both || ip instanceof Inet6Address) {
        set(fd, Abi.IPPROTO_IPV6, Abi.IPV6_V6ONLY, both ? 0 : 1);
      }
      if (protocol == Protocol.TCP) {
        set(fd, Abi.SOL_SOCKET, Abi.SO_REUSEADDR, 1);
        // Those that are accepted inherit these two.
        set(fd, Abi.IPPROTO_TCP, Abi.TCP_NODELAY, 1);
        set(fd, Abi.SOL_SOCKET, Abi.SO_KEEPALIVE, 1);
      }
      if (shared) {
        set(fd, Abi.SOL_SOCKET, Abi.SO_REUSEPORT, 1);
      }
      int bytes =
          both ? SocketAddress.putAny(address, port) : SocketAddress.put(address, where, port);
      SystemCallFailed.check("bind", linux.bind(fd, address, bytes));
      return fd;
    } catch (SystemCallFailed e) {
      linux.close(fd);
      throw e;
    }
  }

  private void set(int fd, int level, int name, int value) throws SystemCallFailed {
    Memory.putInt(option, value);
    SystemCallFailed.check("setsockopt", linux.setsockopt(fd, level, name, option, Integer.BYTES));
  }
}
