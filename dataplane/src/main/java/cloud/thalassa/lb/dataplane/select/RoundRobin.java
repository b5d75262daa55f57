package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Smooth weighted round robin: the sequence of nginx, in which a heavy target's turns are spread
 * over the whole cycle. The cycle is computed once, so that all event loops share it with one
 * atomic increment.
 *
 * <p>Cost: a choice is O(1). The cycle is as long as the sum of the weights over their greatest
 * common divisor (equal weights: the number of targets; 1,000 targets of different weights: at most
 * 256,000 turns of 4 bytes), and each turn compares the different weights that occur, at most 256:
 * in the worst case some tenths of a second, off the event loops.
 */
final class RoundRobin extends Selector {
  private final int[] cycle;
  private final AtomicInteger turn;

  RoundRobin(List<Weighted> members, @Nullable Selector previous) {
    super(members, previous);
    this.cycle = cycle(members);
    this.turn = previous instanceof RoundRobin before ? before.turn : new AtomicInteger();
  }

  @Override
  public SelectionPolicy policy() {
    return SelectionPolicy.ROUND_ROBIN;
  }

  @Override
  Candidates draws(long clientHigh, long clientLow, long now, RandomGenerator random) {
    return new Draws(now, random);
  }

  private final class Draws extends Candidates {
    Draws(long now, RandomGenerator random) {
      super(RoundRobin.this.members, now, random);
    }

    /** Who was given and failed is followed by anybody, not always by the same one. */
    @Override
    int draw() {
      return cycle[
          noneGiven()
              ? Integer.remainderUnsigned(turn.getAndIncrement(), cycle.length)
              : random.nextInt(cycle.length)];
    }
  }

  /**
   * In each turn nginx adds its weight to every target's credit, and who has the most (the first of
   * several) goes and pays the sum of all weights. Targets of one weight therefore go one after the
   * other, and only the next of each weight needs to be compared; its credit is that of those which
   * went as often as it did, and drops when the last of its weight went.
   */
  private static int[] cycle(List<Weighted> members) {
    int divisor = members.stream().mapToInt(Weighted::weight).reduce(0, RoundRobin::gcd);
    var byWeight = new TreeMap<Integer, List<Integer>>();
    for (int i = 0; i < members.size(); i++) {
      byWeight
          .computeIfAbsent(members.get(i).weight() / divisor, weight -> new ArrayList<>())
          .add(i);
    }
    var weights = byWeight.keySet().stream().mapToInt(Integer::intValue).toArray();
    var queues = byWeight.values().stream().map(RoundRobin::toArray).toArray(int[][]::new);
    var taken = new int[queues.length];
    var credits = new long[queues.length];
    int sum = members.stream().mapToInt(Weighted::weight).map(weight -> weight / divisor).sum();
    var cycle = new int[sum];
    for (int turn = 0; turn < sum; turn++) {
      int best = -1;
      for (int q = 0; q < queues.length; q++) {
        credits[q] += weights[q];
        if (best < 0
            || credits[q] > credits[best]
            || (credits[q] == credits[best] && queues[q][taken[q]] < queues[best][taken[best]])) {
          best = q;
        }
      }
      cycle[turn] = queues[best][taken[best]];
      if (++taken[best] == queues[best].length) {
        taken[best] = 0;
        credits[best] -= sum;
      }
    }
    return cycle;
  }

  private static int[] toArray(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
