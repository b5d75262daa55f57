package cloud.thalassa.lb.dataplane.relay.epoll;

import java.lang.foreign.Arena;

/** The datagrams of a run one by one, for a system that does not take the run. */
final class Singles {
  private static final int VECTORS = 8;

  private final long message;
  private final long vectors;
  private long from;
  private long vectorsLeft;
  private long offset;
  private int segment;

  Singles(Arena arena) {
    message = arena.allocate(MessageHeader.BYTES, 64).address();
    vectors = arena.allocate(VECTORS * MessageHeader.VECTOR_BYTES, 64).address();
  }

  /**
   * Begins at the first datagram.
   *
   * @param run of which only the first bytes of control stay, those before its segment size
   */
  void begin(long run, int segment, int controlLength) {
    this.segment = segment;
    Memory.copy(run, message, MessageHeader.BYTES);
    from = MessageHeader.vectors(run);
    vectorsLeft = MessageHeader.vectorCount(run);
    offset = 0;
    MessageHeader.control(message, MessageHeader.control(run), controlLength);
  }

  /** Makes the next datagram {@link #message}; false: there was none. */
  boolean next() {
    int missing = segment;
    int pieces = 0;
    while (missing > 0 && vectorsLeft > 0) {
      long length = Memory.getLong(from + 8);
      int piece = (int) Math.min(missing, length - offset);
      long at = vectors + (long) pieces++ * MessageHeader.VECTOR_BYTES;
      MessageHeader.vector(at, Memory.getLong(from) + offset, piece);
      missing -= piece;
      offset += piece;
      if (offset == length) {
        offset = 0;
        from += MessageHeader.VECTOR_BYTES;
        vectorsLeft--;
      }
    }
    MessageHeader.vectors(message, vectors, pieces);
    return pieces > 0;
  }

  /** The struct msghdr of the datagram. */
  long message() {
    return message;
  }
}
