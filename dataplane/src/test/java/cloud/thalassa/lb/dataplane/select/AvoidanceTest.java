package cloud.thalassa.lb.dataplane.select;

import static cloud.thalassa.lb.crds.SelectionPolicy.LEAST_CONNECTIONS;
import static cloud.thalassa.lb.crds.SelectionPolicy.MAGLEV;
import static cloud.thalassa.lb.crds.SelectionPolicy.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvoidanceTest {
  private static final long SECOND = 1_000_000_000;

  /** As far from 0 as {@link System#nanoTime} may be, on the side where times overflow. */
  private static final long START = Long.MAX_VALUE - SECOND / 2;

  private long now = START;

  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void whoFailedIsLeftAloneForASecondAndComesLastMeanwhile(SelectionPolicy policy) {
    var selector = Selector.of(policy, Pick.members(1, 2, 3), null);
    var target = selector.members().get(1).target();

    assertThat(selector.failed(target, now)).isTrue();
    now += SECOND - 100;
    for (int client = 0; client < 200; client++) {
      assertThat(order(selector, client)).hasSize(3).endsWith(target);
    }
    now += 100;
    assertThat(firsts(selector)).contains(target);
  }

  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void whenItsTimeIsOverOneTriesItAndTheOthersWait(SelectionPolicy policy) {
    var selector = Selector.of(policy, Pick.members(1, 1, 1), null);
    var target = selector.members().get(0).target();
    selector.failed(target, now);
    now += SECOND;

    assertThat(firsts(selector)).containsOnlyOnce(target);
    target.succeeded();
    assertThat(firsts(selector).stream().filter(t -> t == target).count()).isGreaterThan(50);
  }

  @Test
  void whoIsTriedAndNeverHeardOfIsBackAfterAMoment() {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(1, 1), null);
    var target = selector.members().get(0).target();
    selector.failed(target, now);
    now += SECOND;
    assertThat(firsts(selector)).containsOnlyOnce(target);

    now += 5 * SECOND;

    assertThat(firsts(selector).stream().filter(t -> t == target).count()).isEqualTo(150);
  }

  @Test
  void theTimeDoublesToAMinuteAndStartsAnewAfterASuccess() {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(1, 1), null);
    var target = selector.members().get(0).target();

    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      assertThat(selector.failed(target, now)).isTrue();
      now += seconds * SECOND - 100;
      assertThat(firsts(selector)).as("%d s", seconds).doesNotContain(target);
      now += 100;
      assertThat(firsts(selector)).as("%d s", seconds).containsOnlyOnce(target);
    }
    target.succeeded();
    selector.failed(target, now);
    now += SECOND;
    assertThat(firsts(selector)).contains(target);
  }

  @Test
  void aFailureOfLongAgoDoesNotCount() {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(1, 1), null);
    var target = selector.members().get(0).target();
    selector.failed(target, now);
    now += SECOND;
    firsts(selector);
    now += 66 * SECOND;

    selector.failed(target, now);

    now += SECOND;
    assertThat(firsts(selector)).contains(target);
  }

  @Test
  void furtherFailuresWhileItIsLeftAloneDoNotCount() {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(1, 1), null);
    var target = selector.members().get(0).target();
    selector.failed(target, now);
    for (int i = 0; i < 10; i++) {
      now += SECOND / 20;
      assertThat(selector.failed(target, now)).isFalse();
    }

    now += SECOND / 2;
    assertThat(firsts(selector)).contains(target);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10, 11, 100})
  void neverMoreThanHalfAreLeftAlone(int size) {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(ones(size)), null);

    int out = 0;
    for (int round = 0; round < 2; round++) {
      for (var member : selector.members()) {
        out += selector.failed(member.target(), now) ? 1 : 0;
      }
    }

    assertThat(out).isEqualTo(size / 2);
    assertThat(selector.members().stream().filter(m -> m.target().isOut(now))).hasSize(size / 2);
  }

  @Test
  void whoMayBeTriedStillCountsAsLeftAlone() {
    var selector = Selector.of(ROUND_ROBIN, Pick.members(1, 1), null);
    var one = selector.members().get(0).target();
    var other = selector.members().get(1).target();
    selector.failed(one, now);
    now += SECOND;

    assertThat(selector.failed(other, now)).isFalse();
    assertThat(firsts(selector)).contains(one);
    assertThat(selector.failed(other, now)).as("while one is tried").isFalse();
    assertThat(selector.failed(one, now)).as("the one that is tried").isTrue();
  }

  @Test
  void neverMoreThanHalfWhoeverFailsAtOnce() throws Exception {
    int size = 64;
    for (int round = 0; round < 200; round++) {
      var members = Pick.members(ones(size));
      var before = Selector.of(ROUND_ROBIN, members, null);
      var after = Selector.of(LEAST_CONNECTIONS, members, before);
      var barrier = new CyclicBarrier(2);
      var threads =
          IntStream.range(0, 2)
              .mapToObj(
                  i ->
                      Thread.ofPlatform()
                          .start(
                              () -> {
                                await(barrier);
                                for (int n = i; n < size; n += 2) {
                                  (i == 0 ? before : after).failed(members.get(n).target(), now);
                                }
                              }))
              .toList();
      for (var thread : threads) {
        thread.join();
      }
      assertThat(members.stream().filter(m -> m.target().isOut(now))).hasSize(size / 2);
    }
  }

  @ParameterizedTest
  @EnumSource(SelectionPolicy.class)
  void whenOnlyThoseAreLeftTheyServe(SelectionPolicy policy) {
    var members = Pick.members(1, 1, 1, 1);
    var before = Selector.of(policy, members, null);
    before.failed(members.get(0).target(), now);
    before.failed(members.get(1).target(), now);
    var after = Selector.of(policy, members.subList(0, 2), before);

    for (int client = 0; client < 50; client++) {
      assertThat(order(after, client)).hasSize(2);
    }
  }

  @Test
  void aGroupThatShrankLetsTheNextOneThatFailsBackIn() {
    var members = Pick.members(1, 1, 1, 1);
    var before = Selector.of(ROUND_ROBIN, members, null);
    before.failed(members.get(0).target(), now);
    before.failed(members.get(1).target(), now);
    var after = Selector.of(ROUND_ROBIN, members.subList(0, 2), before);
    now += SECOND;

    assertThat(after.failed(members.get(0).target(), now)).isFalse();

    assertThat(members.get(0).target().isOut(now)).isFalse();
    assertThat(members.get(1).target().isOut(now)).isTrue();
  }

  @Test
  void whoIsNoMemberAnyMoreIsNotLeftAlone() {
    var members = Pick.members(1, 1, 1, 1);
    var selector = Selector.of(ROUND_ROBIN, members.subList(0, 3), null);

    assertThat(selector.failed(members.get(3).target(), now)).isFalse();
    assertThat(members.get(3).target().isOut(now)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = SelectionPolicy.class,
      names = {"ROUND_ROBIN", "RANDOM"})
  void theOthersShareItsLoadByWeight(SelectionPolicy policy) {
    var members = Pick.members(4, 1, 2, 3);
    var selector = Selector.of(policy, members, null);
    selector.failed(members.get(0).target(), now);
    var random = Pick.seeded();
    var counts = new int[3];
    for (int i = 0; i < 60_000; i++) {
      counts[Pick.index(selector, selector.candidates(0, i, now, random).next()) - 1]++;
    }

    // 13.8 is the 0.1 % point of chi-square with 2 degrees of freedom.
    assertThat(Pick.chiSquare(counts, members.subList(1, 4))).isLessThan(13.8);
  }

  @Test
  void leastConnectionsPassesOverWhoIsLeftAloneThoughItHasNone() {
    var selector = Selector.of(LEAST_CONNECTIONS, Pick.members(1, 1, 1), null);
    var target = selector.members().get(0).target();
    selector.failed(target, now);
    var random = Pick.seeded();
    for (int i = 0; i < 100; i++) {
      selector.candidates(0, i, now, random).next().opened();
    }

    assertThat(selector.members()).extracting(m -> m.target().active()).containsExactly(0, 50, 50);
  }

  @Test
  void aClientOfMaglevAlwaysGoesToTheSameOtherOneAndNobodyElseMoves() {
    var selector = Selector.of(MAGLEV, Pick.members(1, 1, 1, 1, 1, 1), null);
    var before = firsts(selector);
    var target = selector.members().get(2).target();
    selector.failed(target, now);
    var during = firsts(selector);

    assertThat(firsts(selector)).isEqualTo(during);
    for (int client = 0; client < before.size(); client++) {
      assertThat(during.get(client) == before.get(client)).isEqualTo(before.get(client) != target);
    }
    assertThat(during.stream().distinct()).as("all take some of its clients").hasSize(5);
    target.succeeded();
    assertThat(firsts(selector)).isEqualTo(before);
  }

  private List<Target> order(Selector selector, int client) {
    var order = new ArrayList<Target>();
    selector.candidates(0, client, now, Pick.seeded()).forEachRemaining(order::add);
    return order;
  }

  /** Of 300 clients, who all have one connection. */
  private List<Target> firsts(Selector selector) {
    var random = Pick.seeded();
    var firsts = new ArrayList<Target>();
    for (int client = 0; client < 300; client++) {
      var target = selector.candidates(0, client, now, random).next();
      target.opened();
      firsts.add(target);
    }
    firsts.forEach(Target::closed);
    return firsts;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static int[] ones(int size) {
    return IntStream.range(0, size).map(i -> 1).toArray();
  }
}
