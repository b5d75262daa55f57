package cloud.thalassa.lb.dataplane.relay.epoll;

/** A bound socket of one loop. All methods are for the thread of the loop. */
interface LoopSocket {
  int fd();

  /** There is something to take. Level-triggered: what is left comes again in the next turn. */
  void ready();

  /** Metrics; and a pause that is over. */
  void tick();

  /** Whether it waits for a tick. */
  boolean paused();
}
