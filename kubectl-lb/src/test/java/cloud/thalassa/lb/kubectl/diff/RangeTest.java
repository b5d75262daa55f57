package cloud.thalassa.lb.kubectl.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {
  @Test
  void piecesAreCutAtEveryEdge() {
    assertThat(Range.pieces(List.of("10.0.0.0/8", "2001:db8::/32")))
        .extracting(it -> it.cidrs().getFirst())
        .containsExactly(
            "0.0.0.0/5", "10.0.0.0/8", "11.0.0.0/8", "::/3", "2001:db8::/32", "2001:db9::/32");
  }

  @Test
  void withoutEdgesThereAreTheTwoFamilies() {
    assertThat(Range.pieces(List.of()).stream().flatMap(it -> it.cidrs().stream()))
        .containsExactly("0.0.0.0/0", "::/0");
  }

  @Test
  void anEdgeAtTheEndLeavesNoEmptyPiece() {
    assertThat(Range.pieces(List.of("0.0.0.0/0", "255.255.255.255/32", "::/0")))
        .extracting(it -> it.cidrs().getLast())
        .containsExactly("255.255.255.254/32", "255.255.255.255/32", "::/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.0/24", "0.0.0.0/0", "::/0", "fd00::/8", "198.51.100.7/32"})
  void aNetworkIsItself(String cidr) {
    var piece =
        Range.pieces(List.of(cidr)).stream()
            .filter(it -> it.cidrs().equals(List.of(cidr)))
            .findFirst();
    assertThat(piece).isPresent();
  }

  @Test
  void neighboursAreJoined() {
    var pieces = Range.pieces(List.of("10.0.0.0/24", "10.0.1.0/24"));
    assertThat(Range.joined(pieces.subList(1, 3)).getFirst().cidrs())
        .containsExactly("10.0.0.0/23");
    assertThat(Range.joined(pieces)).hasSize(2);
  }

  @Test
  void whatIsPickedLiesInside() {
    var range = new Range(false, BigInteger.valueOf(10), BigInteger.valueOf(12));
    var random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      assertThat(range.pick(random.nextLong(), random.nextLong()))
          .isBetween(BigInteger.valueOf(10), BigInteger.valueOf(12));
    }
  }

  @Test
  void halvesAreThoseOfTheDataplane() {
    var v4 = Range.pieces(List.of("203.0.113.7/32")).get(1);
    assertThat(v4.high(v4.first())).isZero();
    assertThat(v4.low(v4.first())).isEqualTo(0xffff_cb00_7107L);
    var v6 = Range.pieces(List.of("2001:db8::7/128")).get(2);
    assertThat(v6.high(v6.first())).isEqualTo(0x2001_0db8_0000_0000L);
    assertThat(v6.low(v6.first())).isEqualTo(7);
  }
}
