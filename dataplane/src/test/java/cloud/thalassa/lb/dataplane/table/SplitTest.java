package cloud.thalassa.lb.dataplane.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.select.Selector;
import cloud.thalassa.lb.dataplane.table.Split.Share;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int CHOICES = 100_000;
  private final SplittableRandom random = new SplittableRandom(20261129);

  @Test
  void poolsAreChosenInProportionToTheirWeights() {
    var chosen = choices(new Share(pool("a"), 700_000), new Share(pool("b"), 300_000));
    assertThat(chosen.get("a")).isBetween(69_000, 71_000);
    assertThat(chosen.get("b")).isBetween(29_000, 31_000);
  }

  @Test
  void whatHasNoPoolIsRefusedInItsProportion() {
    var chosen = choices(new Share(pool("a"), 1), new Share(null, 4), new Share(pool("b"), 0));
    assertThat(chosen.get("refused")).isBetween(79_000, 81_000);
    assertThat(chosen).doesNotContainKey("b");
  }

  @Test
  void withoutAnyWeightEverythingIsRefused() {
    assertThat(choices(new Share(pool("a"), 0))).containsOnlyKeys("refused");
  }

  @Test
  void aClientComesBackToItsPoolWhereItComesBackToItsTarget() {
    var split = new Split(List.of(new Share(sticky("a"), 1), new Share(sticky("b"), 3)));
    var chosen = new HashMap<String, Integer>();
    for (int client = 0; client < 10_000; client++) {
      var pool = split.choose(0, client, random);
      assertThat(split.choose(0, client, random)).isSameAs(pool);
      chosen.merge(pool.name(), 1, Integer::sum);
    }
    assertThat(chosen.get("b")).isBetween(7_300, 7_700);
  }

  @Test
  void weightsAreNotNegative() {
    assertThatThrownBy(() -> new Share(null, -1)).hasMessageContaining("weight: -1");
  }

  private Map<String, Integer> choices(Share... shares) {
    var split = new Split(List.of(shares));
    var chosen = new HashMap<String, Integer>();
    for (int i = 0; i < CHOICES; i++) {
      var pool = split.choose(0, i, random);
      chosen.merge(pool == null ? "refused" : pool.name(), 1, Integer::sum);
    }
    return chosen;
  }

  private static Pool pool(String name) {
    return pool(name, SelectionPolicy.ROUND_ROBIN);
  }

  private static Pool sticky(String name) {
    return pool(name, SelectionPolicy.MAGLEV);
  }

  private static Pool pool(String name, SelectionPolicy policy) {
    var selector = Selector.of(policy, List.of(), null);
    return new Pool(name, selector, Duration.ZERO, Duration.ZERO, Map.of(), Map.of());
  }
}
