package cloud.thalassa.lb.dataplane.select;

import static cloud.thalassa.lb.crds.SelectionPolicy.MAGLEV;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaglevTest {
  private static final int CLIENTS = 200_000;

  @Test
  void removingOneOfHundredTargetsMovesAtMostTwoPercentOfTheOtherClients() {
    var members = Pick.members(ones(100));
    var before = targets(members);
    double worst = 0;
    for (int removed = 0; removed < 100; removed += 9) {
      var left = new ArrayList<>(members);
      var gone = left.remove(removed).target();
      worst = Math.max(worst, moved(before, targets(left), gone));
    }
    assertThat(worst).isLessThan(0.02);
  }

  @Test
  void addingATargetMovesLittleMoreThanItsShare() {
    var members = Pick.members(ones(100));
    var after = targets(members);
    var before = targets(members.subList(0, 99));

    assertThat(moved(before, after, members.getFirst().target())).isBetween(0.01, 0.03);
  }

  @Test
  void sharesAreTheWeightsWithinTwoSlots() {
    var members = Pick.members(1, 2, 4, 8, 16, 32, 64, 128);
    var counts = slots(members);

    for (int i = 0; i < 8; i++) {
      assertThat((double) counts[i]).isCloseTo(Maglev.SLOTS * (1 << i) / 255.0, by(2));
    }
    assertThat(Arrays.stream(slots(Pick.members(ones(1000))))).allMatch(n -> n == 65 || n == 66);
  }

  @Test
  void theLightestOfAThousandTargetsHasASlotToo() {
    var weights = new int[1000];
    Arrays.fill(weights, 256);
    weights[500] = 1;

    assertThat(slots(Pick.members(weights))[500]).isEqualTo(1);
  }

  @Test
  void aClientStaysWithItsTarget() {
    var selector = Selector.of(MAGLEV, Pick.members(1, 1, 1, 1, 1), null);
    for (int i = 0; i < 100; i++) {
      var client = Pick.client(i);
      var first = order(selector, client, 1);
      assertThat(order(selector, client, 2)).as("the others too").isEqualTo(first);
    }
  }

  @Test
  void twoReplicasAgree() {
    // Frozen: a replica of another version must send clients to the same targets.
    var selector = Selector.of(MAGLEV, Pick.members(1, 2, 3, 4, 5, 6, 7), null);
    var choices = new ArrayList<Integer>();
    for (int i = 0; i < 12; i++) {
      choices.add(Pick.first(selector, Pick.client(i), Pick.seeded()));
    }
    assertThat(choices).isEqualTo(List.of(4, 6, 6, 5, 4, 6, 2, 6, 4, 6, 2, 1));
  }

  @Test
  void twoReplicasAgreeAboutIpv6() {
    // Frozen, as above; by the slots, which are more than the targets.
    var slots = List.of(33496, 21842, 54175, 20765);
    var selector = Selector.of(MAGLEV, Pick.members(ones(1000)), null);
    for (int i = 0; i < slots.size(); i++) {
      var client = InetAddress.ofLiteral("2001:db8:" + i + ":ffff::8000:" + i);
      assertThat(Pick.first(selector, client, Pick.seeded()))
          .isEqualTo(((Maglev) selector).table()[slots.get(i)]);
    }
  }

  private static List<Target> order(Selector selector, InetAddress client, long seed) {
    var order = new ArrayList<Target>();
    Pick.candidates(selector, client, new java.util.SplittableRandom(seed))
        .forEachRemaining(order::add);
    return order;
  }

  private static org.assertj.core.data.Offset<Double> by(double slots) {
    return org.assertj.core.data.Offset.offset(slots);
  }

  private static Target[] targets(List<Weighted> members) {
    var selector = Selector.of(MAGLEV, members, null);
    var random = Pick.seeded();
    var targets = new Target[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      targets[i] = Pick.candidates(selector, Pick.client(i), random).next();
    }
    return targets;
  }

  /** Which part of the clients that were not with a target are elsewhere now. */
  private static double moved(Target[] before, Target[] after, Target gone) {
    int others = 0;
    int moved = 0;
    for (int i = 0; i < CLIENTS; i++) {
      if (before[i] != gone) {
        others++;
        moved += before[i] == after[i] ? 0 : 1;
      }
    }
    return (double) moved / others;
  }

  private static int[] slots(List<Weighted> members) {
    var counts = new int[members.size()];
    for (int index : ((Maglev) Selector.of(MAGLEV, members, null)).table()) {
      counts[index]++;
    }
    return counts;
  }

  private static int[] ones(int size) {
    var ones = new int[size];
    Arrays.fill(ones, 1);
    return ones;
  }
}
