package cloud.thalassa.lb.dataplane.relay.epoll;

import java.util.Arrays;

/** Numbers that wait for their next share, served in the order in which they came. */
final class Waiting {
  private int[] waiting = new int[16];
  private int[] served = new int[16];
  private int count;
  private int next;

  void add(int number) {
    if (count == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * count);
    }
    waiting[count++] = number;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Begins to serve those that wait now; who is added meanwhile waits for the next time. */
  int begin() {
    var now = waiting;
    int all = count;
    waiting = served;
    served = now;
    count = 0;
    next = 0;
    return all;
  }

  int next() {
    return served[next++];
  }
}
