package cloud.thalassa.lb.operator.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.Site;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/28, 203.0.113.1, 203.0.113.14",
    "203.0.113.0/30, 203.0.113.1, 203.0.113.2",
    "203.0.113.0/31, 203.0.113.0, 203.0.113.1",
    "203.0.113.7/32, 203.0.113.7, 203.0.113.7",
    "198.51.100.10-198.51.100.20, 198.51.100.10, 198.51.100.20",
    "198.51.100.0-198.51.100.255, 198.51.100.0, 198.51.100.255",
    "0.0.0.5-0.0.0.9, 0.0.0.5, 0.0.0.9",
    "255.255.255.0/24, 255.255.255.1, 255.255.255.254",
    "2001:db8::/64, 2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::/127, 2001:db8::, 2001:db8::1",
    "2001:db8::a-2001:DB8::b, 2001:db8::a, 2001:db8::b",
    "ffff:ffff::-ffff:ffff::1, ffff:ffff::, ffff:ffff::1",
  })
  void givesTheAddressesBetweenItsEnds(String pool, String first, String last) {
    var range = Objects.requireNonNull(AddressRange.parse(pool));
    assertThat(range.address(range.first()).text()).isEqualTo(first);
    assertThat(range.address(range.last()).text()).isEqualTo(last);
    assertThat(range.contains(Objects.requireNonNull(IpAddress.parse(first)))).isTrue();
    assertThat(range.contains(Objects.requireNonNull(IpAddress.parse(last)))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "web, is neither a network",
    "'', is neither a network",
    "-, is neither a network",
    "203.0.113.1, is neither a network",
    "203.0.113.1-, is neither a network",
    "203.0.113.1/24, write 203.0.113.0/24",
    "203.0.113.9-203.0.113.7, write 203.0.113.7-203.0.113.9",
    "203.0.113.9-2001:db8::1, from one family to the other",
    "127.0.0.0/8, loopback",
    "224.0.0.0/24, multicast",
    "fe80::/64, link-local",
    "0.0.0.0-0.0.0.9, unspecified",
  })
  void saysWhatIsWrong(String pool, String sentence) {
    assertThat(AddressRange.problem(pool, Site.CLUSTER)).contains(sentence);
  }

  @Test
  void inADirectoryLoopbackAddressesAreAsGoodAsOthers() {
    assertThat(AddressRange.problem("127.0.0.1-127.0.0.9", Site.DIRECTORY)).isNull();
  }

  @Test
  void claimsHaveNamesThatKubernetesTakes() {
    assertThat(name("203.0.113.9")).isEqualTo("203.0.113.9");
    assertThat(name("fd00::")).isEqualTo("fd00-0000-0000-0000-0000-0000-0000-0000");
    assertThat(name("::1")).isEqualTo(name("0:0:0:0:0:0:0:1"));
  }

  private static String name(String address) {
    return Claims.name(Objects.requireNonNull(IpAddress.parse(address)));
  }
}
