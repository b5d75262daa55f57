package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The target that would have the fewest connections of this replica for its weight if it got this
 * one; of several, each with the same probability. Two event loops that choose at once may choose
 * the same. Cost: O(targets), some nanoseconds each: exact, unlike the better of two.
 */
final class LeastConnections implements Selector {
  private final List<Weighted> members;

  LeastConnections(List<Weighted> members) {
    this.members = List.copyOf(members);
  }

  @Override
  public SelectionPolicy policy() {
    return SelectionPolicy.LEAST_CONNECTIONS;
  }

  @Override
  public List<Weighted> members() {
    return members;
  }

  @Override
  public Iterator<Target> candidates(
      long clientHigh, long clientLow, long now, RandomGenerator random) {
    return members.isEmpty()
        ? Candidates.none()
        : new Candidates(members, least(random), () -> betterOfTwo(random));
  }

  private int least(RandomGenerator random) {
    int least = 0;
    long load = load(0);
    int weight = members.getFirst().weight();
    int ties = 1;
    for (int i = 1; i < members.size(); i++) {
      long other = load(i);
      long order = other * weight - load * members.get(i).weight();
      if (order < 0) {
        least = i;
        load = other;
        weight = members.get(i).weight();
        ties = 1;
      } else if (order == 0) {
        ties++;
      }
    }
    return ties == 1 ? least : tied(least, load, weight, random.nextInt(ties));
  }

  /**
   * The one that follows {@code skip} others that are as loaded; {@code first} if none is still.
   */
  private int tied(int first, long load, int weight, int skip) {
    for (int i = first; i < members.size(); i++) {
      if (load(i) * weight == load * members.get(i).weight() && skip-- == 0) {
        return i;
      }
    }
    return first;
  }

  /** After a failure; the one that has the least of all may be the one that refuses all. */
  private int betterOfTwo(RandomGenerator random) {
    int one = random.nextInt(members.size());
    int other = random.nextInt(members.size());
    return load(one) * members.get(other).weight() <= load(other) * members.get(one).weight()
        ? one
        : other;
  }

  private long load(int index) {
    return members.get(index).target().active() + 1L;
  }
}
