package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Each choice independent, with probability weight over sum of weights, exactly: Walker's alias
 * method in whole numbers. Cost: O(1) a choice, O(targets) to build.
 */
final class WeightedRandom implements Selector {
  private final List<Weighted> members;

  /**
   * Of the {@code sum} chances of a column the first {@code own[i]} are for i, the rest for alias.
   */
  private final int[] own;

  private final int[] alias;
  private final int sum;

  WeightedRandom(List<Weighted> members) {
    int size = members.size();
    this.members = List.copyOf(members);
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
  public List<Weighted> members() {
    return members;
  }

  @Override
  public Iterator<Target> candidates(
      long clientHigh, long clientLow, long now, RandomGenerator random) {
    return members.isEmpty()
        ? Candidates.none()
        : new Candidates(members, draw(random), () -> draw(random));
  }

  private int draw(RandomGenerator random) {
    int column = random.nextInt(own.length);
    return random.nextInt(sum) < own[column] ? column : alias[column];
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
