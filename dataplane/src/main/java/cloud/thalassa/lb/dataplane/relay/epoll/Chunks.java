package cloud.thalassa.lb.dataplane.relay.epoll;

import java.lang.foreign.Arena;
import java.util.Arrays;

/** Memory for bytes that a peer does not take yet: pieces of one size, as many as a bound says. */
final class Chunks {
  private final Arena arena;
  private final int bytes;
  private final long[] address;
  private final int[] free;
  private int made;
  private int freeCount;

  /**
   * @param bytes of one chunk
   */
  Chunks(Arena arena, int bytes, int bound) {
    this.arena = arena;
    this.bytes = bytes;
    this.address = new long[bound];
    this.free = new int[bound];
    Arrays.fill(free, -1);
  }

  boolean exhausted() {
    return freeCount == 0 && made == address.length;
  }

  /** Must not be called when they are {@link #exhausted}. */
  int take() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    address[made] = arena.allocate(bytes, 64).address();
    return made++;
  }

  void give(int chunk) {
    free[freeCount++] = chunk;
  }

  long address(int chunk) {
    return address[chunk];
  }
}
