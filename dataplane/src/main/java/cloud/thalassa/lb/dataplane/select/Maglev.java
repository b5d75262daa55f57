package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.admit.Ip;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Consistent hashing by a lookup table (Eisenbud et al., "Maglev", NSDI'16, section 3.4), weighted:
 * every replica sends a client to the same target, and few clients move when targets change.
 *
 * <p>The key is the client's address alone: what users want of this policy is that a client comes
 * back to its target, and each of its connections has another port. IPVS ({@code mh}), HAProxy
 * ({@code balance source}) and Envoy ({@code source_ip}) do the same by default.
 *
 * <p>Cost: O(1) a choice; the table takes 256 KiB and milliseconds to build.
 */
final class Maglev extends Selector {
  /** Prime, and more than 100 times the targets of a large pool; the size in the paper. */
  static final int SLOTS = 65537;

  private final int[] table;

  Maglev(List<Weighted> members, @Nullable Selector previous) {
    super(members, previous);
    this.table = members.isEmpty() ? new int[0] : fill(this.members);
  }

  @Override
  public SelectionPolicy policy() {
    return SelectionPolicy.MAGLEV;
  }

  @Override
  Candidates draws(long clientHigh, long clientLow, long now, RandomGenerator random) {
    return new Draws(AddressHash.of(clientHigh, clientLow, 0), now, random);
  }

  @Override
  public @Nullable Target certain(long clientHigh, long clientLow, long now) {
    return members.isEmpty()
        ? null
        : new Draws(AddressHash.of(clientHigh, clientLow, 0), now, () -> 0).look();
  }

  /** By slot, the index of its member. */
  int[] table() {
    return table.clone();
  }

  /**
   * The client's own slot, and then slots that follow from it: a client whose target fails always
   * goes to the same other one. Its bar at each of them is always the same too, so that it moves to
   * a target that warms up once, and stays there.
   */
  private final class Draws extends Candidates {
    private long hash;

    Draws(long hash, long now, RandomGenerator random) {
      super(Maglev.this.members, now, random);
      this.hash = hash;
    }

    @Override
    int draw() {
      int index = table[slot(hash)];
      hash = AddressHash.mix(hash);
      return index;
    }

    @Override
    int bar() {
      return (int) Long.remainderUnsigned(AddressHash.mix(~hash), SlowStart.WHOLE);
    }
  }

  /**
   * Targets take turns, each the next free slot of its own permutation; one of half the greatest
   * weight has a turn in every second round.
   */
  private static int[] fill(List<Weighted> members) {
    int size = members.size();
    int heaviest = members.stream().mapToInt(Weighted::weight).max().orElseThrow();
    var position = new int[size];
    var skip = new int[size];
    for (int i = 0; i < size; i++) {
      var address = members.get(i).target().address();
      var ip = address.getAddress();
      long hash = AddressHash.of(Ip.high(ip), Ip.low(ip), address.getPort());
      position[i] = slot(hash);
      skip[i] = 1 + (int) Long.remainderUnsigned(AddressHash.mix(hash), SLOTS - 1);
    }
    var table = new int[SLOTS];
    Arrays.fill(table, -1);
    int filled = 0;
    for (long round = 1; ; round++) {
      for (int i = 0; i < size; i++) {
        int weight = members.get(i).weight();
        if (turns(round, weight, heaviest) == turns(round - 1, weight, heaviest)) {
          continue;
        }
        while (table[position[i]] >= 0) {
          position[i] = (position[i] + skip[i]) % SLOTS;
        }
        table[position[i]] = i;
        if (++filled == SLOTS) {
          return table;
        }
      }
    }
  }

  /** Rounded up, so that the lightest target too has a slot in a large pool. */
  private static long turns(long rounds, int weight, int heaviest) {
    return (rounds * weight + heaviest - 1) / heaviest;
  }

  private static int slot(long hash) {
    return (int) Long.remainderUnsigned(hash, SLOTS);
  }
}
