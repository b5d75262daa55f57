package cloud.thalassa.lb.dataplane.select;

import static cloud.thalassa.lb.crds.SelectionPolicy.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  @Test
  void spreadsTheTurnsOfAHeavyTarget() {
    // The example in nginx's commit message of smooth weighted round robin: a a b a c a a.
    assertThat(cycle(5, 1, 1)).containsExactly(0, 0, 1, 0, 2, 0, 0);
  }

  @Test
  void isTheSequenceOfNginxForAnyWeights() {
    var random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      var weights = random.ints(1 + random.nextInt(12), 1, 1 + random.nextInt(1, 10)).toArray();
      assertThat(cycle(weights))
          .as("weights %s", IntStream.of(weights).boxed().toList())
          .containsExactly(nginx(weights));
    }
  }

  @Test
  void givesEveryTargetExactlyItsWeightInACycle() {
    var weights = IntStream.rangeClosed(1, 256).toArray();
    var selector = Selector.of(ROUND_ROBIN, Pick.members(weights), null);

    assertThat(Pick.counts(selector, IntStream.of(weights).sum(), Pick.seeded()))
        .containsExactly(weights);
  }

  @Test
  void goesOnWhereItWasWhenMembersChange() {
    var members = Pick.members(1, 1, 1, 1);
    var before = Selector.of(ROUND_ROBIN, members, null);
    Pick.counts(before, 6, Pick.seeded());

    var after = Selector.of(ROUND_ROBIN, members.subList(0, 3), before);

    assertThat(Pick.first(after, Pick.CLIENT, Pick.seeded())).isZero();
    assertThat(Pick.first(after, Pick.CLIENT, Pick.seeded())).isEqualTo(1);
    assertThat(Pick.first(before, Pick.CLIENT, Pick.seeded()))
        .as("a connection that still has the old table takes the same turns")
        .isZero();
  }

  @Test
  void losesNoTurnAmongThreads() throws Exception {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(3, 2, 1), null);
    var counts = new AtomicIntegerArray(3);
    var threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int n = 0; n < 6_000; n++) {
                                counts.incrementAndGet(
                                    Pick.first(selector, Pick.CLIENT, Pick.seeded()));
                              }
                            }))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(List.of(counts.get(0), counts.get(1), counts.get(2)))
        .containsExactly(12_000, 8_000, 4_000);
  }

  private static int[] cycle(int... weights) {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(weights), null);
    var random = Pick.seeded();
    return IntStream.range(0, IntStream.of(weights).sum())
        .map(i -> Pick.first(selector, Pick.CLIENT, random))
        .toArray();
  }

  /** ngx_http_upstream_get_peer, word for word. */
  private static int[] nginx(int... weights) {
    var current = new int[weights.length];
    int total = IntStream.of(weights).sum();
    var turns = new int[total];
    for (int turn = 0; turn < total; turn++) {
      int best = -1;
      for (int i = 0; i < weights.length; i++) {
        current[i] += weights[i];
        if (best < 0 || current[i] > current[best]) {
          best = i;
        }
      }
      current[best] -= total;
      turns[turn] = best;
    }
    return turns;
  }
}
