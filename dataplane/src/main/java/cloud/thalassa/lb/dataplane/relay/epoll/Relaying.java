package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.table.RoutingTable;

/** The connections, or the flows, of one loop. All methods are for the thread of the loop. */
interface Relaying {
  /**
   * Something happened.
   *
   * @param index of the token that was given to epoll
   * @param generation of that token; an earlier one than that of the index is a stale event of the
   *     same turn, and means nothing
   * @param events as bits of epoll
   */
  void ready(int index, int generation, int events);

  /** Ends whoever met a defect of ours at this index. */
  void failed(int index, int generation);

  /** At the end of a turn; true: there is work for the next one, which must not wait. */
  boolean turnEnded();

  /** Timeouts and deadlines that passed, and metrics. */
  void tick();

  void tableChanged(RoutingTable table);

  /** The replica ends: whoever lives at this time is cut. */
  void shutdown(long deadline);

  int size();

  /** Gives its memory and descriptors back; nobody lives any more. */
  void close();
}
