package cloud.thalassa.lb.healthchecker.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipTest {
  @Test
  void ownsAndWritesNothingBeforeItsFirstRenewal() {
    var membership = Membership.outside("a");
    assertThat(membership.owns("ns/tg")).isFalse();
    assertThat(membership.mayWrite(0)).isFalse();
  }

  @Test
  void aloneItOwnsEverythingAtOnceAndWritesWhileItRenews() {
    var membership = Membership.outside("a").renewed(beats("a1"), ms(0), ms(10));
    assertThat(membership.owns("ns/tg")).isTrue();
    assertThat(membership.mayWrite(ms(10))).isTrue();
    assertThat(membership.mayWrite(ms(1999))).isTrue();
    assertThat(membership.mayWrite(ms(2000))).as("counted from before the request").isFalse();
    assertThat(membership.owns("ns/tg")).as("frozen, not emptied").isTrue();
  }

  @Test
  void besideOthersANewMemberWaitsUntilAllHaveSeenIt() {
    var membership = Membership.outside("a").renewed(beats("a1", "b1"), ms(0), ms(10));
    for (var t = 500; t < 3010; t += 500) {
      assertThat(membership.mayWrite(ms(t))).isFalse();
      membership = membership.renewed(beats("a" + t, "b" + t), ms(t), ms(t + 10));
    }
    assertThat(membership.mayWrite(ms(3010))).isTrue();
  }

  @Test
  void aSilentMemberIsDeadAfterALeaseByTheOwnClock() {
    var membership = Membership.outside("a").renewed(beats("a1", "b1"), ms(0), ms(10));
    for (var t = 500; t <= 3000; t += 500) {
      membership = membership.renewed(beats("a" + t, "b1"), ms(t), ms(t + 9));
      assertThat(membership.live()).containsExactlyInAnyOrder("a", "b");
    }
    membership = membership.renewed(beats("a9", "b1"), ms(3001), ms(3010));
    assertThat(membership.live()).containsExactly("a");
    assertThat(membership.mayWrite(ms(3010))).as("takes over at once").isTrue();

    membership = membership.renewed(beats("a10", "b2"), ms(3500), ms(3501));
    assertThat(membership.live()).as("it beats again").containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theLeaseOfAMemberLongDeadIsLitter() {
    var membership = Membership.outside("a");
    for (var t = 0; t <= 120_000; t += 500) {
      membership = membership.renewed(beats("a" + t, "b1", "c" + t), ms(t), ms(t));
      assertThat(membership.longDead()).isEmpty();
    }
    membership = membership.renewed(beats("a1", "b1", "c1"), ms(120_500), ms(120_500));
    assertThat(membership.longDead()).containsExactly("b");
  }

  @Test
  void aReleasedLeaseMovesItsGroupsAtOnce() {
    var membership =
        Membership.outside("a")
            .renewed(beats("a1", "b1"), ms(0), ms(1))
            .renewed(beats("a2"), ms(500), ms(501));
    assertThat(membership.live()).containsExactly("a");
  }

  @Test
  void afterAnOutageNobodyIsDeclaredDeadAndNothingIsWrittenForALease() {
    var membership = Membership.outside("a").renewed(beats("a1"), ms(0), ms(1));
    membership = membership.renewed(beats("a2", "b1"), ms(500), ms(501));
    membership = membership.renewed(beats("a3", "b1"), ms(60_000), ms(60_001));
    assertThat(membership.live()).containsExactlyInAnyOrder("a", "b");
    assertThat(membership.mayWrite(ms(60_002))).isFalse();
  }

  /**
   * Simulated checkers with lost requests, pauses, deaths and skewed monotonic clocks: no two may
   * ever write for the same group, and somebody does most of the time.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverTwoWriters(long seed) {
    var random = new java.util.SplittableRandom(seed);
    var leases = new TreeMap<String, String>();
    var checkers = new ArrayList<Simulated>();
    for (var i = 0; i < 4; i++) {
      checkers.add(new Simulated("c" + i, random.nextLong()));
    }
    var written = 0;
    for (var t = 0L; t < 600_000; t += 50) {
      for (var checker : checkers) {
        checker.step(t, leases, random);
      }
      for (var group : List.of("ns/a", "ns/b", "ns/c")) {
        var now = t;
        var writers = checkers.stream().filter(c -> c.writes(group, now)).map(c -> c.name).toList();
        assertThat(writers).as("at %d ms for %s", t, group).hasSizeLessThanOrEqualTo(1);
        written += writers.size();
      }
    }
    assertThat(written).isGreaterThan(12_000 * 3 / 3);
  }

  private static final class Simulated {
    final String name;
    final long skew;
    Membership membership;
    long next;
    long downUntil;
    int beat;

    Simulated(String name, long skew) {
      this.name = name;
      this.skew = skew;
      this.membership = Membership.outside(name);
    }

    void step(long t, TreeMap<String, String> leases, RandomGenerator random) {
      if (t < downUntil || t < next) {
        return;
      }
      next = t + 500;
      switch (random.nextInt(100)) {
        case 0 -> downUntil = t + random.nextInt(10_000); // paused, or the API is out of reach
        case 1 -> { // dies, and comes back as new
          membership = Membership.outside(name);
          downUntil = t + random.nextInt(20_000);
        }
        case 2 -> { // stops in good order
          membership = Membership.outside(name);
          leases.remove(name);
          downUntil = t + random.nextInt(5_000);
        }
        default -> {
          leases.put(name, "beat-" + beat++);
          var beats =
              leases.entrySet().stream().map(e -> new Heartbeat(e.getKey(), e.getValue())).toList();
          membership = membership.renewed(beats, ms(t) + skew, ms(t) + skew);
        }
      }
    }

    boolean writes(String group, long t) {
      return membership.owns(group) && membership.mayWrite(ms(t) + skew);
    }
  }

  private static List<Heartbeat> beats(String... beats) {
    return List.of(beats).stream().map(b -> new Heartbeat(b.substring(0, 1), b)).toList();
  }

  private static long ms(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
