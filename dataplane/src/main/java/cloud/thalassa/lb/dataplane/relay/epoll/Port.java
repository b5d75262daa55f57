package cloud.thalassa.lb.dataplane.relay.epoll;

/** A binding that loops can serve. */
interface Port {
  /** Takes traffic from this bound socket on this loop. To be called on the loop. */
  void open(Loop loop, int fd);
}
