package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Each choice independent, with probability weight over sum of weights, exactly: Walker's alias
 * method in whole numbers. Cost: O(1) a choice, O(targets) to build.
 */
final class WeightedRandom extends Selector {

  /**
   * Of the {@code sum} chances of a column the first {@code own[i]} are for i, the rest for alias.
   */
  private final int[] own;

  private final int[] alias;
  private final int sum;

  WeightedRandom(List<Weighted> members, @Nullable Selector previous) {
    super(members, previous);
    int size = members.size();
    this.sum = members.stream().mapToInt(Weighted::weight).sum();
    this.own = new int[size];
    this.alias = new int[size];
    fill();
  }

  @Override
  public SelectionPolicy policy() {
    return SelectionPolicy.RANDOM;
  }

  @Override
  Candidates draws(long clientHigh, long clientLow, long now, RandomGenerator random) {
    return new Draws(now, random);
  }

  private final class Draws extends Candidates {
    Draws(long now, RandomGenerator random) {
      super(WeightedRandom.this.members, now, random);
    }

    @Override
    int draw() {
      int column = random.nextInt(own.length);
      return random.nextInt(sum) < own[column] ? column : alias[column];
    }
  }

  /** Fills every column to {@code sum} chances: one that has too few borrows from one with more. */
  private void fill() {
    int size = members.size();
    var chances = new long[size];
    var few = new int[size];
    var many = new int[size];
    int fews = 0;
    int manys = 0;
    for (int i = 0; i < size; i++) {
      chances[i] = (long) members.get(i).weight() * size;
      if (chances[i] < sum) {
        few[fews++] = i;
      } else {
        many[manys++] = i;
      }
    }
    while (fews > 0) {
      int poor = few[--fews];
      int rich = many[manys - 1];
      own[poor] = (int) chances[poor];
      alias[poor] = rich;
      chances[rich] -= sum - chances[poor];
      if (chances[rich] < sum) {
        few[fews++] = rich;
        manys--;
      }
    }
    while (manys > 0) {
      own[many[--manys]] = sum;
    }
  }
}
