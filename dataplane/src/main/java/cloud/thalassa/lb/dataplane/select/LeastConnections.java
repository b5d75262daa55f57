package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The target that would have the fewest connections of this replica for its weight if it got this
 * one; of several, each with the same probability. One that warms up has a part of its weight. Two
 * event loops that choose at once may choose the same. Cost: O(targets), some nanoseconds each:
 * exact, unlike the better of two.
 */
final class LeastConnections extends Selector {
  LeastConnections(List<Weighted> members, @Nullable Selector previous) {
    super(members, previous);
  }

  @Override
  public SelectionPolicy policy() {
    return SelectionPolicy.LEAST_CONNECTIONS;
  }

  @Override
  Candidates draws(long clientHigh, long clientLow, long now, RandomGenerator random) {
    return new Draws(members, now, random);
  }

  private static final class Draws extends Candidates {
    private boolean drew;

    Draws(List<Weighted> members, long now, RandomGenerator random) {
      super(members, now, random);
    }

    @Override
    int draw() {
      if (drew) {
        return betterOfTwo();
      }
      drew = true;
      return least();
    }

    /** It is in the weight already. */
    @Override
    int bar() {
      return 0;
    }

    private int least() {
      int least = 0;
      boolean closed = closed(0);
      long load = load(0);
      long weight = weight(0);
      int ties = 1;
      for (int i = 1; i < members.size(); i++) {
        long other = load(i);
        long order = other * weight - load * weight(i);
        boolean otherClosed = closed(i);
        if (otherClosed ? closed && order < 0 : closed || order < 0) {
          least = i;
          closed = otherClosed;
          load = other;
          weight = weight(i);
          ties = 1;
        } else if (order == 0 && otherClosed == closed) {
          ties++;
        }
      }
      return ties == 1 ? least : tied(least, load, weight, random.nextInt(ties));
    }

    /**
     * The one that follows {@code skip} others that are as loaded; {@code first} if none is still.
     */
    private int tied(int first, long load, long weight, int skip) {
      boolean closed = closed(first);
      for (int i = first; i < members.size(); i++) {
        if (load(i) * weight == load * weight(i) && closed(i) == closed && skip-- == 0) {
          return i;
        }
      }
      return first;
    }

    /** After a failure; the one that has the least of all may be the one that refuses all. */
    private int betterOfTwo() {
      int one = random.nextInt(members.size());
      int other = random.nextInt(members.size());
      return load(one) * weight(other) <= load(other) * weight(one) ? one : other;
    }

    private boolean closed(int index) {
      return members.get(index).target().isClosed(now);
    }

    private long load(int index) {
      return members.get(index).target().active() + 1L;
    }

    private long weight(int index) {
      var member = members.get(index);
      return (long) member.weight() * member.slowStart().share(now);
    }
  }
}
