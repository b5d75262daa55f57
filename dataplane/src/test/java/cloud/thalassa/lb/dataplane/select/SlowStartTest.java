package cloud.thalassa.lb.dataplane.select;

import static cloud.thalassa.lb.crds.SelectionPolicy.LEAST_CONNECTIONS;
import static cloud.thalassa.lb.crds.SelectionPolicy.MAGLEV;
import static cloud.thalassa.lb.crds.SelectionPolicy.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowStartTest {
  private static final long SECOND = 1_000_000_000;

  /** Times overflow while it takes its course. */
  private static final long BEGIN = Long.MAX_VALUE - 30 * SECOND;

  private static final SlowStart MINUTE = new SlowStart(BEGIN, 60 * SECOND);
  private static final int CHOICES = 100_000;

  @Test
  void growsLinearlyFromATenth() {
    assertThat(MINUTE.share(at(0) - 1)).as("of a table of an instant later").isEqualTo(100);
    assertThat(MINUTE.share(BEGIN)).isEqualTo(100);
    assertThat(MINUTE.share(at(20))).isEqualTo(400);
    assertThat(MINUTE.share(at(40))).isEqualTo(700);
    assertThat(MINUTE.share(at(60))).isEqualTo(1000);
    assertThat(MINUTE.share(at(600))).isEqualTo(1000);
    assertThat(SlowStart.WARM.share(BEGIN)).isEqualTo(1000);
    assertThatThrownBy(() -> new SlowStart(0, -1)).hasMessageContaining("nanos: -1");
  }

  @ParameterizedTest
  @EnumSource(
      value = SelectionPolicy.class,
      names = {"ROUND_ROBIN", "RANDOM", "MAGLEV"})
  void whoWarmsUpTakesThatPartOfItsShare(SelectionPolicy policy) {
    for (int seconds : new int[] {0, 20, 40, 60}) {
      var selector = Selector.of(policy, oneCold(1, 2, 2, 3), null);
      var share = MINUTE.share(at(seconds)) / 1000.0;

      var counts = counts(selector, at(seconds));

      // Of the weights 1, 2 times its share, 2 and 3; five standard deviations.
      assertThat(counts[1] / (double) CHOICES)
          .as("%s after %d s", policy, seconds)
          .isCloseTo(2 * share / (6 + 2 * share), within(0.008));
      assertThat((double) counts[3] / counts[0]).isCloseTo(3, within(0.15));
    }
  }

  @Test
  void ofTheConnectionsThatItIsToHaveWithLeastConnections() {
    var selector = Selector.of(LEAST_CONNECTIONS, oneCold(1, 1, 1), null);
    var random = Pick.seeded();
    for (int i = 0; i < 2100; i++) {
      selector.candidates(0, i, BEGIN, random).next().opened();
    }
    assertThat(selector.members())
        .extracting(m -> m.target().active())
        .containsExactly(1000, 100, 1000);
  }

  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void whoIsAloneTakesAll(SelectionPolicy policy) {
    var one = Selector.of(policy, cold(Pick.members(7)), null);
    assertThat(counts(one, BEGIN)).containsExactly(CHOICES);
  }

  @ParameterizedTest
  @EnumSource(
      value = SelectionPolicy.class,
      names = {"ROUND_ROBIN", "RANDOM"})
  void allWhoWarmUpShareByWeight(SelectionPolicy policy) {
    var members = cold(Pick.members(1, 2, 5));
    var counts = counts(Selector.of(policy, members, null), BEGIN);

    // 13.8 is the 0.1 % point of chi-square with 2 degrees of freedom.
    assertThat(Pick.chiSquare(counts, members)).isLessThan(13.8);
  }

  @Test
  void aClientOfMaglevMovesOnceAndStays() {
    var members = oneCold(1, 1, 1, 1);
    var cold = members.get(1).target();
    var selector = Selector.of(MAGLEV, members, null);
    var before = firsts(selector, BEGIN);
    assertThat(firsts(selector, BEGIN)).isEqualTo(before);
    for (int seconds = 1; seconds <= 60; seconds++) {
      var after = firsts(selector, at(seconds));
      for (int client = 0; client < before.size(); client++) {
        if (after.get(client) != before.get(client)) {
          assertThat(after.get(client)).isSameAs(cold);
        }
      }
      before = after;
    }
    assertThat(before)
        .as("where it is when everybody is warm")
        .isEqualTo(firsts(Selector.of(MAGLEV, warm(members), null), BEGIN));
  }

  @Test
  void whoIsWarmCostsNoRandomNumber() {
    RandomGenerator none =
        () -> {
          throw new AssertionError("a number was drawn");
        };
    var selector = Selector.of(ROUND_ROBIN, oneCold(1, 1), null);
    for (int i = 0; i < 4; i++) {
      selector.candidates(0, i, at(60), none).next();
    }
  }

  private static long at(int seconds) {
    return MINUTE.begin() + seconds * SECOND;
  }

  /** The second of these members warms up from {@link #BEGIN}. */
  private static List<Weighted> oneCold(int... weights) {
    var members = new ArrayList<>(Pick.members(weights));
    members.set(1, cold(members.subList(1, 2)).getFirst());
    return members;
  }

  private static List<Weighted> cold(List<Weighted> members) {
    return members.stream().map(m -> new Weighted(m.target(), m.weight(), MINUTE)).toList();
  }

  private static List<Weighted> warm(List<Weighted> members) {
    return members.stream().map(m -> new Weighted(m.target(), m.weight())).toList();
  }

  private static int[] counts(Selector selector, long now) {
    var random = Pick.seeded();
    var counts = new int[selector.members().size()];
    for (int i = 0; i < CHOICES; i++) {
      counts[Pick.index(selector, selector.candidates(0, i, now, random).next())]++;
    }
    return counts;
  }

  private static List<Target> firsts(Selector selector, long now) {
    var random = Pick.seeded();
    var firsts = new ArrayList<Target>();
    for (int client = 0; client < 1000; client++) {
      firsts.add(selector.candidates(0, client, now, random).next());
    }
    return firsts;
  }
}
