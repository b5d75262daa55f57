package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.ArrayList;
import java.util.Iterator;
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
final class RoundRobin implements Selector {
  private final List<Weighted> members;
  private final int[] cycle;
  private final AtomicInteger turn;

  private RoundRobin(List<Weighted> members, AtomicInteger turn) {
    this.members = List.copyOf(members);
    this.cycle = cycle(members);
    this.turn = turn;
  }

  static RoundRobin of(List<Weighted> members, @Nullable Selector previous) {
    return new RoundRobin(
        members, previous instanceof RoundRobin before ? before.turn : new AtomicInteger());
  }

  @Override
  public SelectionPolicy policy() {
    return SelectionPolicy.ROUND_ROBIN;
  }

  @Override
  public List<Weighted> members() {
    return members;
  }

  @Override
  public Iterator<Target> candidates(
      long clientHigh, long clientLow, long now, RandomGenerator random) {
    if (cycle.length == 0) {
      return Candidates.none();
    }
    int first = cycle[Integer.remainderUnsigned(turn.getAndIncrement(), cycle.length)];
    return new Candidates(members, first, () -> cycle[random.nextInt(cycle.length)]);
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
