package cloud.thalassa.lb.dataplane.relay.epoll;

/** Numbers of the Linux ABI, those that x86-64 and aarch64 share unless it says otherwise. */
final class Abi {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_STREAM = 1;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;

  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_KEEPALIVE = 9;
  static final int SO_LINGER = 13;
  static final int SO_REUSEPORT = 15;
  static final int IPPROTO_IP = 0;
  static final int IP_PKTINFO = 8;
  static final int IPPROTO_TCP = 6;
  static final int TCP_NODELAY = 1;
  static final int IPPROTO_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_RECVPKTINFO = 49;
  static final int IPV6_PKTINFO = 50;

  static final int MSG_PEEK = 0x2;
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_NOSIGNAL = 0x4000;

  static final int EPOLL_CTL_ADD = 1;
  static final int EPOLL_CTL_DEL = 2;
  static final int EPOLLIN = 0x1;
  static final int EPOLLOUT = 0x4;
  static final int EPOLLERR = 0x8;
  static final int EPOLLHUP = 0x10;
  static final int EPOLLRDHUP = 0x2000;
  static final int EPOLLET = 1 << 31;

  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int ENFILE = 23;
  static final int EMFILE = 24;
  static final int EMSGSIZE = 90;
  static final int ENOBUFS = 105;
  static final int ETIMEDOUT = 110;
  static final int ECONNREFUSED = 111;
  static final int EHOSTUNREACH = 113;
  static final int EINPROGRESS = 115;
  static final int EIO = 5;
  static final int EINVAL = 22;

  static final long SYS_FCNTL = isX86() ? 72 : 25;
  static final long SYS_SCHED_SETATTR = isX86() ? 314 : 274;
  static final long SYS_SCHED_GETATTR = isX86() ? 315 : 275;
  static final int SCHED_ATTR_BYTES = 56;
  static final int SCHED_ATTR_RUNTIME = 24;

  /** struct epoll_event is packed on x86-64 alone. */
  static final int EVENT_BYTES = isX86() ? 12 : 16;

  static final int EVENT_DATA = isX86() ? 4 : 8;

  private Abi() {}

  /** As perror(3) has it, for those that a user may meet. */
  static String text(int errno) {
    return switch (errno) {
      case 1, 13 -> "Permission denied";
      case 12 -> "Out of memory";
      case 23, 24 -> "Too many open files";
      case 38 -> "Function not implemented";
      case 97 -> "Address family not supported";
      case 98 -> "Address already in use";
      case 99 -> "Cannot assign requested address";
      default -> "error " + errno;
    };
  }

  private static boolean isX86() {
    return System.getProperty("os.arch").equals("amd64");
  }
}
