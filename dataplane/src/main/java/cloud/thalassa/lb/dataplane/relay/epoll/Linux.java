package cloud.thalassa.lb.dataplane.relay.epoll;

/**
 * The system calls of this engine, for one thread. Names and arguments are those of the manual
 * pages, sections 2; addresses are raw ones, and lengths in bytes. Each returns what the call
 * returns, or the negated {@code errno}: nothing throws, and nothing but {@link #epollWait} blocks.
 */
interface Linux {
  int epollCreate();

  int epollCtl(int epoll, int operation, int fd, int events, long token);

  /**
   * Waits.
   *
   * @param timeout in milliseconds; -1: for ever
   */
  int epollWait(int epoll, long events, int capacity, int timeout);

  /**
   * Asks for so short a turn of this thread on its core, and with it for an early one when it wakes
   * up while another runs: sched_setattr, of Linux 6.12 and later. Earlier ones take no notice.
   *
   * @param nanos 100,000 to 100,000,000
   */
  int setTimeSlice(long nanos);

  int eventfd();

  int socket(int family, int type);

  int bind(int fd, long address, int length);

  int listen(int fd, int backlog);

  /** Of a non-blocking socket that is closed at exec. */
  int accept(int fd, long address, long length);

  int connect(int fd, long address, int length);

  int getsockname(int fd, long address, long length);

  int setsockopt(int fd, int level, int name, long value, int length);

  int getsockopt(int fd, int level, int name, long value, long length);

  int shutdownOutput(int fd);

  int recv(int fd, long buffer, int length, int flags);

  int send(int fd, long buffer, int length, int flags);

  int splice(int from, int to, int length);

  /** Writes its two descriptors, of reading and of writing, to {@code fds}. */
  int pipe(long fds);

  int setPipeSize(int fd, int bytes);

  int sendmsg(int fd, long message, int flags);

  int recvmmsg(int fd, long messages, int count, int flags);

  int sendmmsg(int fd, long messages, int count, int flags);

  /** Private memory, all zeros, that takes no place before it is touched: mmap. */
  long map(long bytes);

  int unmap(long address, long bytes);

  int read(int fd, long buffer, int length);

  int write(int fd, long buffer, int length);

  int close(int fd);
}
