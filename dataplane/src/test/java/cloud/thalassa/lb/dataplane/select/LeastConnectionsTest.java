package cloud.thalassa.lb.dataplane.select;

import static cloud.thalassa.lb.crds.SelectionPolicy.LEAST_CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeastConnectionsTest {
  @Test
  void fillsTargetsInProportionToTheirWeights() {
    var selector = Selector.of(LEAST_CONNECTIONS, Pick.members(1, 2, 5), null);
    var random = Pick.seeded();
    for (int i = 0; i < 800; i++) {
      Pick.candidates(selector, Pick.CLIENT, random).next().opened();
    }
    assertThat(selector.members())
        .extracting(m -> m.target().active())
        .containsExactly(100, 200, 500);
  }

  @Test
  void choosesWhoHasFewestForItsWeight() {
    var members = Pick.members(1, 10, 1);
    var selector = Selector.of(LEAST_CONNECTIONS, members, null);
    open(members.get(0), 2);
    open(members.get(1), 9);
    open(members.get(2), 1);

    assertThat(Pick.first(selector, Pick.CLIENT, Pick.seeded())).isEqualTo(1);
    open(members.get(1), 11);
    assertThat(Pick.first(selector, Pick.CLIENT, Pick.seeded())).isEqualTo(2);
  }

  @Test
  void isFairAmongTheEquallyLoadedWhereverTheyLie() {
    var members = Pick.members(1, 1, 1, 1, 1, 1, 1, 1);
    var selector = Selector.of(LEAST_CONNECTIONS, members, null);
    for (int busy : new int[] {1, 2, 3, 6}) {
      open(members.get(busy), 1);
    }

    var counts = Pick.counts(selector, 40_000, Pick.seeded());

    assertThat(counts[1] + counts[2] + counts[3] + counts[6]).isZero();
    var tied = new int[] {counts[0], counts[4], counts[5], counts[7]};
    // 16.3 is the 0.1 % point of chi-square with 3 degrees of freedom.
    assertThat(Pick.chiSquare(tied, members.subList(0, 4))).isLessThan(16.3);
  }

  private static void open(Weighted member, int connections) {
    for (int i = 0; i < connections; i++) {
      member.target().opened();
    }
  }
}
