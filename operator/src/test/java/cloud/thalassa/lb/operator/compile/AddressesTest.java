package cloud.thalassa.lb.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  /** Examples of RFC 5952, sections 1 to 4. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
    "2001:DB8::1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
  })
  void haveOneText(String text, String canonical) {
    assertThat(IpAddress.parse(text).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "10.0.0",
        "1",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.1 ",
        "10.0.0.1:80",
        "[::1]",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        ":::",
        "1:2:3",
        "::1/64",
        "g::1",
        ":"
      })
  void areNothingElse(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @Test
  void noneIsNone() {
    assertThat(IpAddress.parse(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, ",
    "0.0.0.0/0, ",
    "::/0, ",
    "2001:db8::/32, ",
    "192.0.2.7/32, ",
    "10.0.0.1/8, '10.0.0.1/8 has bits set behind its prefix: write 10.0.0.0/8'",
    "10.255.0.0/15, '10.255.0.0/15 has bits set behind its prefix: write 10.254.0.0/15'",
    "2001:db8::1/32, '2001:db8::1/32 has bits set behind its prefix: write 2001:db8::/32'",
    "10.0.0.1, '10.0.0.1 is not a CIDR: write 10.0.0.1/32 for this one address'",
    "10.0.0.0/33, '10.0.0.0/33 is not a CIDR such as 198.51.100.0/24 or 2001:db8::/32'",
    "10.0.0.0/08, '10.0.0.0/08 is not a CIDR such as 198.51.100.0/24 or 2001:db8::/32'",
    "10.0.0.0/, '10.0.0.0/ is not a CIDR such as 198.51.100.0/24 or 2001:db8::/32'"
  })
  void cidrsHaveNothingBehindTheirPrefix(String text, String problem) {
    assertThat(Cidr.problem(text)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.128.0.0/9, 10.128.0.0, true",
    "10.128.0.0/9, 10.127.255.255, false",
    "192.0.2.7/32, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.6, false",
    "0.0.0.0/0, 192.0.2.7, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void networksContainTheirAddresses(String network, String address, boolean contained) {
    assertThat(Cidr.parse(network).contains(IpAddress.parse(address))).isEqualTo(contained);
  }

  @Test
  void thePlatformClosesNetworksToTargetsGivenByHandAlone() {
    var closed = List.of(Cidr.parse("10.0.0.0/8"));
    var offLimits = new OffLimits(Site.CLUSTER, Set.of(), closed);
    var address = IpAddress.parse("10.1.2.3");
    assertThat(offLimits.problemByHand(address)).contains("10.0.0.0/8", "the platform closes");
    assertThat(offLimits.problem(address)).isNull();
    assertThat(offLimits.problemByHand(IpAddress.parse("11.1.2.3"))).isNull();
  }
}
