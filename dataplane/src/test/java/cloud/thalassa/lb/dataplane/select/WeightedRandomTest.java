package cloud.thalassa.lb.dataplane.select;

import static cloud.thalassa.lb.crds.SelectionPolicy.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WeightedRandomTest {
  @Test
  void choosesInProportionToTheWeights() {
    var members = Pick.members(1, 2, 3, 50, 256, 1, 128, 4, 9, 16);
    var selector = Selector.of(RANDOM, members, null);

    // 27.9 is the 0.1 % point of chi-square with 9 degrees of freedom.
    assertThat(Pick.chiSquare(Pick.counts(selector, 470_000, Pick.seeded()), members))
        .isLessThan(27.9);
  }

  @Test
  void givesEveryTargetExactlyItsShareOfAllThatTheSourceCanSay() {
    var selector = Selector.of(RANDOM, Pick.members(5, 1, 2, 9, 3), null);
    var all = new AllPairs(5, 20);

    assertThat(Pick.counts(selector, 5 * 20, all)).containsExactly(25, 5, 10, 45, 15);
  }

  /** Says every pair of a number below the first and a number below the second bound once. */
  private static final class AllPairs implements RandomGenerator {
    private final int first;
    private final int second;
    private int said;

    AllPairs(int first, int second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public int nextInt(int bound) {
      int pair = said / 2;
      assertThat(bound).isEqualTo(said % 2 == 0 ? first : second);
      return said++ % 2 == 0 ? pair / second : pair % second;
    }

    @Override
    public long nextLong() {
      throw new AssertionError("only bounded numbers are drawn");
    }
  }
}
