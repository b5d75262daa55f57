package cloud.thalassa.lb.dataplane.relay.epoll;

import java.lang.foreign.Arena;

/**
 * Pipes for splice(2). One is needed only while bytes are in it, so a loop that no peer holds back
 * needs one for all its connections. They are bounded: the system lets a user have so many pages in
 * pipes, and two descriptors go with each.
 */
final class Pipes {
  /** Bytes in one; the system may give less. */
  static final int BYTES = 1024 * 1024;

  static final int NONE = -1;
  private static final int BOUND = 64;

  private final Linux linux;
  private final long fds;
  private final int[] in = new int[BOUND];
  private final int[] out = new int[BOUND];
  private final int[] free = new int[BOUND];
  private final int[] unused = new int[BOUND];
  private int freeCount;
  private int unusedCount;

  Pipes(Linux linux, Arena arena) {
    this.linux = linux;
    fds = arena.allocate(2L * Integer.BYTES, Integer.BYTES).address();
    for (int i = BOUND - 1; i >= 0; i--) {
      unused[unusedCount++] = i;
    }
  }

  /** An empty one; {@link #NONE}: there is none to be had. */
  int take() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    if (unusedCount == 0 || linux.pipe(fds) < 0) {
      return NONE;
    }
    int pipe = unused[--unusedCount];
    out[pipe] = Memory.getInt(fds);
    in[pipe] = Memory.getInt(fds + Integer.BYTES);
    linux.setPipeSize(in[pipe], BYTES);
    return pipe;
  }

  /** Takes an empty one back. */
  void give(int pipe) {
    free[freeCount++] = pipe;
  }

  /** Takes one back in which something may be. */
  void discard(int pipe) {
    linux.close(in[pipe]);
    linux.close(out[pipe]);
    unused[unusedCount++] = pipe;
  }

  /** Where bytes go in. */
  int in(int pipe) {
    return in[pipe];
  }

  int out(int pipe) {
    return out[pipe];
  }

  /** Nobody has one any more. */
  void close() {
    while (freeCount > 0) {
      discard(free[--freeCount]);
    }
  }
}
