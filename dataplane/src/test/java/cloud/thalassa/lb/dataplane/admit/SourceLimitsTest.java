package cloud.thalassa.lb.dataplane.admit;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.dataplane.admit.SourceLimits.Refusal;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLimitsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int NO_LIMIT = 0;

  private final SourceLimits limits = new SourceLimits(42);
  private long now = Long.MAX_VALUE - SECOND; // of any origin: it overflows on the way

  @Test
  void aSourceHasNoMoreConnectionsThanItMay() {
    assertThat(connect("192.0.2.1", 2)).isNull();
    assertThat(connect("192.0.2.1", 2)).isNull();
    assertThat(connect("192.0.2.1", 2)).isEqualTo(Refusal.CONNECTIONS);
    assertThat(connect("192.0.2.2", 2)).as("another source").isNull();

    leave("192.0.2.1");
    assertThat(connect("192.0.2.1", 2)).isNull();
    assertThat(connect("192.0.2.1", 2)).isEqualTo(Refusal.CONNECTIONS);
  }

  @Test
  void limitsOfTheMomentCount() {
    connect("192.0.2.1", 3);
    connect("192.0.2.1", 3);
    assertThat(connect("192.0.2.1", 1)).isEqualTo(Refusal.CONNECTIONS);
    assertThat(connect("192.0.2.1", NO_LIMIT)).isNull();
    assertThat(connect("192.0.2.1", 3)).isEqualTo(Refusal.CONNECTIONS);
    assertThat(connect("192.0.2.1", 4)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.2, false",
    "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "10.0.0.1, 0:0:0:ffff:a00:1::, false",
    "::1, 0.0.0.1, false",
  })
  void anIpv6SourceIsItsSubnet(String one, String other, boolean same) {
    connect(one, 1);
    assertThat(connect(other, 1)).isEqualTo(same ? Refusal.CONNECTIONS : null);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100, 999_983, 1_000_000_000})
  void aBurstIsOneSecondsWorthAndThenTheRateCounts(int rate) {
    var burst = Math.min(rate, 1000);
    now += SECOND;
    for (int i = 0; i < burst; i++) {
      assertThat(open("192.0.2.1", rate)).isNull();
    }
    if (burst < rate) {
      return;
    }
    assertThat(open("192.0.2.1", rate)).isEqualTo(Refusal.RATE);
    now += SECOND / rate - 1;
    assertThat(open("192.0.2.1", rate)).as("too early by a nanosecond").isEqualTo(Refusal.RATE);
    now += 2;
    assertThat(open("192.0.2.1", rate)).isNull();
    assertThat(open("192.0.2.1", rate)).isEqualTo(Refusal.RATE);
  }

  @Test
  void whoIsRefusedAllTheTimeStillHasHisRate() {
    int served = 0;
    for (int i = 0; i < 10_000; i++) {
      now += SECOND / 1000;
      if (open("192.0.2.1", 10) == null) {
        served++;
        leave("192.0.2.1");
      }
    }
    assertThat(served).as("ten seconds and a burst").isBetween(109, 110);
  }

  @Test
  void aRateThatChangesCountsAtOnce() {
    for (int i = 0; i < 1000; i++) {
      assertThat(open("192.0.2.1", 1000)).isNull();
    }
    assertThat(open("192.0.2.1", 1)).isEqualTo(Refusal.RATE);
    assertThat(open("192.0.2.1", NO_LIMIT)).isNull();
    now += 2 * SECOND;
    assertThat(open("192.0.2.1", 1)).isNull();
    assertThat(open("192.0.2.1", 1)).isEqualTo(Refusal.RATE);
    assertThat(open("192.0.2.1", 1000)).as("one a second is used up").isEqualTo(Refusal.RATE);
    now += SECOND / 1000;
    assertThat(open("192.0.2.1", 1000)).isNull();
  }

  @Test
  void aRefusalForTheNumberCostsNothingOfTheRate() {
    assertThat(enter("192.0.2.1", 1, 2)).isNull();
    for (int i = 0; i < 10; i++) {
      assertThat(enter("192.0.2.1", 1, 2)).isEqualTo(Refusal.CONNECTIONS);
    }
    leave("192.0.2.1");
    assertThat(enter("192.0.2.1", 1, 2)).isNull();
  }

  @Test
  void aScanOfAMillionAddressesTakesBoundedMemoryAndMakesNobodyForgetALiveConnection() {
    for (int i = 0; i < 1000; i++) {
      assertThat(limits.enter(i, 1, 1, 1, now)).isNull();
    }
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(limits.enter(0x2001_0db8_0000_0000L + i, 1, 1, 1, now)).isNull();
      limits.left(0x2001_0db8_0000_0000L + i, 1);
    }
    assertThat(limits.known()).isBetween(1000, 1000 + SourceLimits.MOST_IDLE);
    for (int i = 0; i < 1000; i++) {
      assertThat(limits.enter(i, 1, 1, NO_LIMIT, now)).isEqualTo(Refusal.CONNECTIONS);
    }
    assertThat(limits.enter(0x2001_0db8_0000_0000L + 999_999, 1, 1, 1, now))
        .as("the latest are remembered")
        .isEqualTo(Refusal.RATE);
    assertThat(limits.enter(0x2001_0db8_0000_0000L, 1, 1, 1, now))
        .as("the first are forgotten")
        .isNull();
  }

  @Test
  void whoIsNotRememberedForAReasonIsForgottenSoon() {
    for (int i = 0; i < 50_000; i++) {
      now += SECOND / 1000;
      assertThat(limits.enter(i, 0, 1, 10, now)).isNull();
      limits.left(i, 0);
    }
    assertThat(limits.known()).as("a tenth of a second's worth, and stragglers").isLessThan(300);
  }

  @Test
  void moreLiveSourcesThanThereIsRoomForAreRefusedAndNoneIsForgotten() {
    var table = new SourceTable(20, 4);
    for (int i = 0; i < 20; i++) {
      assertThat(table.enter(i, i, 1, 1, now)).isNull();
    }
    assertThat(table.enter(20, 20, 1, 1, now)).isEqualTo(Refusal.CONNECTIONS);
    table.left(7, 7);
    assertThat(table.enter(20, 20, 1, 1, now)).as("in the place of one without").isNull();
    for (int i = 0; i < 20; i++) {
      assertThat(table.enter(i, i, 1, 1, now)).isEqualTo(Refusal.CONNECTIONS);
    }
  }

  @Test
  void agreesWithAPlainModelWhateverComes() {
    record Source(int live, ArrayDeque<Long> recent) {}
    var random = new SplittableRandom(7);
    for (int round = 0; round < 100; round++) {
      var table = new SourceTable(1 << 16, 1 << 16);
      int max = random.nextInt(4);
      int hashes = 1 + random.nextInt(64);
      var model = new HashMap<Long, Source>();
      for (int step = 0; step < 2000; step++) {
        now += random.nextLong(SECOND / 4);
        long key = random.nextLong(50);
        int hash = (int) (key % hashes);
        var before = model.getOrDefault(key, new Source(0, new ArrayDeque<>()));
        if (before.live > 0 && random.nextInt(3) > 0) {
          table.left(key, hash);
          model.put(key, new Source(before.live - 1, before.recent));
          continue;
        }
        // one a second: the last that was let in is a second ago
        var last = before.recent.peekLast();
        var expected =
            max != 0 && before.live >= max
                ? Refusal.CONNECTIONS
                : last != null && now - last < SECOND ? Refusal.RATE : null;
        assertThat(table.enter(key, hash, max, 1, now)).isEqualTo(expected);
        if (expected == null) {
          before.recent.add(now);
          model.put(key, new Source(before.live + 1, before.recent));
        }
      }
    }
  }

  @Test
  void loopsShareTheLimit() throws Exception {
    int sources = 100;
    int most = 5;
    var live = new AtomicIntegerArray(sources);
    try (var threads = Executors.newFixedThreadPool(4)) {
      var work = new ArrayList<Future<?>>();
      for (int thread = 0; thread < 4; thread++) {
        var random = new SplittableRandom(thread);
        work.add(
            threads.submit(
                () -> {
                  var mine = new ArrayDeque<Integer>();
                  for (int i = 0; i < 200_000; i++) {
                    int source = random.nextInt(sources);
                    if (random.nextBoolean() && !mine.isEmpty()) {
                      int first = mine.removeFirst();
                      live.decrementAndGet(first);
                      limits.left(first, 0);
                    } else if (limits.enter(source, 0, most, NO_LIMIT, now) == null) {
                      mine.add(source);
                      assertThat(live.incrementAndGet(source)).isLessThanOrEqualTo(most);
                    }
                  }
                  for (int source : mine) {
                    live.decrementAndGet(source);
                    limits.left(source, 0);
                  }
                }));
      }
      for (var done : work) {
        done.get(30, TimeUnit.SECONDS);
      }
    }
    for (int source = 0; source < sources; source++) {
      for (int i = 0; i < most; i++) {
        assertThat(limits.enter(source, 0, most, NO_LIMIT, now)).isNull();
      }
      assertThat(limits.enter(source, 0, most, NO_LIMIT, now)).isEqualTo(Refusal.CONNECTIONS);
    }
  }

  private Refusal connect(String address, int most) {
    return enter(address, most, NO_LIMIT);
  }

  private Refusal open(String address, int rate) {
    return enter(address, NO_LIMIT, rate);
  }

  private Refusal enter(String address, int most, int rate) {
    var ip = InetAddress.ofLiteral(address);
    return limits.enter(Ip.high(ip), Ip.low(ip), most, rate, now);
  }

  private void leave(String address) {
    var ip = InetAddress.ofLiteral(address);
    limits.left(Ip.high(ip), Ip.low(ip));
  }
}
