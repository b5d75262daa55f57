package cloud.thalassa.lb.dataplane.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectorTest {
  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void triesEveryMemberOnceAndThenEnds(SelectionPolicy policy) {
    var members = Pick.members(1, 256, 3, 3, 1, 1, 100, 7);
    var selector = Selector.of(policy, members, null);
    var random = Pick.seeded();
    for (int i = 0; i < 500; i++) {
      var candidates = Pick.candidates(selector, Pick.client(i), random);
      var seen = new HashSet<Target>();
      candidates.forEachRemaining(target -> assertThat(seen.add(target)).isTrue());
      assertThat(seen).hasSize(members.size());
      assertThatThrownBy(candidates::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void hasNoCandidatesWhenNobodyServes(SelectionPolicy policy) {
    var selector = Selector.of(policy, List.of(), null);

    assertThat(Pick.candidates(selector, Pick.CLIENT, Pick.seeded())).isExhausted();
  }

  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void sendsTheOnlyMemberEverything(SelectionPolicy policy) {
    var selector = Selector.of(policy, Pick.members(7), null);

    assertThat(Pick.counts(selector, 100, Pick.seeded())).containsExactly(100);
  }

  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void goesOnUnchangedWithTheSameMembersOnly(SelectionPolicy policy) {
    var members = Pick.members(1, 2, 3);
    var selector = Selector.of(policy, members, null);

    assertThat(Selector.of(policy, List.copyOf(members), selector)).isSameAs(selector);
    assertThat(Selector.of(policy, members.subList(0, 2), selector)).isNotSameAs(selector);
    for (var other : SelectionPolicy.values()) {
      assertThat(Selector.of(other, members, selector).policy()).isEqualTo(other);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SelectionPolicy.class,
      names = {"ROUND_ROBIN", "RANDOM"})
  void theLoadOfADeadTargetGoesToTheOthersByWeight(SelectionPolicy policy) {
    var members = Pick.members(4, 1, 2, 3);
    var selector = Selector.of(policy, members, null);
    var random = Pick.seeded();
    var counts = new int[3];
    for (int i = 0; i < 40_000; i++) {
      var candidates = Pick.candidates(selector, Pick.CLIENT, random);
      if (Pick.index(selector, candidates.next()) == 0) {
        counts[Pick.index(selector, candidates.next()) - 1]++;
      }
    }
    // 13.8 is the 0.1 % point of chi-square with 2 degrees of freedom.
    assertThat(Pick.chiSquare(counts, members.subList(1, 4))).isLessThan(13.8);
  }
}
