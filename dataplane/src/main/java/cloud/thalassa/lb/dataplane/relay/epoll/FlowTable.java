package cloud.thalassa.lb.dataplane.relay.epoll;

/**
 * Finds the flow of a datagram by where it comes from and where it came in, in one probe or few
 * whatever addresses come: the hash has a secret. Addresses are two halves, IPv4 as IPv4-mapped
 * IPv6. Allocates only when it grows.
 */
final class FlowTable {
  static final int NONE = -1;

  /** Of a slot: the five words of the key, and the flow plus 1; 0: empty. */
  private static final int WORDS = 6;

  private static final int FLOW = 5;
  private static final int FIRST_CAPACITY = 64;

  private final long secret;
  private final long secondSecret;
  private long[] slots = new long[FIRST_CAPACITY * WORDS];
  private int mask = FIRST_CAPACITY - 1;
  private int size;

  FlowTable(long secret, long secondSecret) {
    this.secret = secret;
    this.secondSecret = secondSecret;
  }

  /** The last word of a key: the socket of the loop, by its number, and the client's port. */
  static long place(int socket, int port) {
    return (long) socket << 16 | port;
  }

  int size() {
    return size;
  }

  /** The flow, or {@link #NONE}. */
  int find(long high, long low, long localHigh, long localLow, long place) {
    int at = slot(high, low, localHigh, localLow, place);
    return (int) slots[at + FLOW] - 1;
  }

  /** Of a key that is not in it. */
  void put(long high, long low, long localHigh, long localLow, long place, int flow) {
    if (2 * (size + 1) > mask) {
      grow();
    }
    int at = slot(high, low, localHigh, localLow, place);
    slots[at] = high;
    slots[at + 1] = low;
    slots[at + 2] = localHigh;
    slots[at + 3] = localLow;
    slots[at + 4] = place;
    slots[at + FLOW] = flow + 1L;
    size++;
  }

  /** Of a key that is in it. What was pushed behind it by a collision moves up. */
  void remove(long high, long low, long localHigh, long localLow, long place) {
    int hole = slot(high, low, localHigh, localLow, place) / WORDS;
    size--;
    for (int i = (hole + 1) & mask; slots[i * WORDS + FLOW] != 0; i = (i + 1) & mask) {
      int wanted = wanted(i * WORDS);
      if (((i - wanted) & mask) >= ((i - hole) & mask)) {
        System.arraycopy(slots, i * WORDS, slots, hole * WORDS, WORDS);
        hole = i;
      }
    }
    slots[hole * WORDS + FLOW] = 0;
  }

  /** Where the key is, or the empty slot where it would be. */
  private int slot(long high, long low, long localHigh, long localLow, long place) {
    int i = hash(high, low, localHigh, localLow, place) & mask;
    while (true) {
      int at = i * WORDS;
      if (slots[at + FLOW] == 0
          || (slots[at + 4] == place
              && slots[at + 1] == low
              && slots[at] == high
              && slots[at + 3] == localLow
              && slots[at + 2] == localHigh)) {
        return at;
      }
      i = (i + 1) & mask;
    }
  }

  private int wanted(int at) {
    return hash(slots[at], slots[at + 1], slots[at + 2], slots[at + 3], slots[at + 4]) & mask;
  }

  private int hash(long high, long low, long localHigh, long localLow, long place) {
    long hash = fold(high ^ secret, low ^ secondSecret);
    hash = fold(hash ^ localHigh ^ secret, localLow ^ secondSecret);
    hash = fold(hash ^ place, secret | 1);
    return (int) (hash ^ hash >>> 32);
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }

  private void grow() {
    var old = slots;
    slots = new long[2 * old.length];
    mask = 2 * mask + 1;
    for (int at = 0; at < old.length; at += WORDS) {
      if (old[at + FLOW] != 0) {
        int to = slot(old[at], old[at + 1], old[at + 2], old[at + 3], old[at + 4]);
        System.arraycopy(old, at, slots, to, WORDS);
      }
    }
  }
}
