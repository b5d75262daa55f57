package cloud.thalassa.lb.dataplane.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "192.0.2.7/32, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.8, false",
    "128.0.0.0/1, 200.0.0.1, true",
    "128.0.0.0/1, 127.0.0.1, false",
    "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::1/128, 2001:db8::1, true",
    "2001:db8::1/128, 2001:db8::2, false",
    "2001:db8:0:0:8000::/65, 2001:db8:0:0:8000::1, true",
    "2001:db8:0:0:8000::/65, 2001:db8::1, false",
    "fe80::/10, febf::1, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "::ffff:10.0.0.0/104, 11.1.2.3, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
  })
  void admitsExactlyWhatThePrefixCovers(String cidr, String client, boolean admitted) {
    assertThat(Admission.of(List.of(cidr)).admits(InetAddress.ofLiteral(client)))
        .isEqualTo(admitted);
  }

  @Test
  void admitsEverybodyWithoutSources() {
    assertThat(Admission.of(List.of()).admits(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
    assertThat(Admission.EVERYBODY.admits(InetAddress.ofLiteral("2001:db8::1"))).isTrue();
  }

  @Test
  void takesAnIpv4MappedClientForIpv4() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    mapped[12] = 10;
    // The only way in which the JDK lets a mapped address stay one.
    var client = Inet6Address.getByAddress("mapped", mapped, 1);
    assertThat(client.getAddress()).hasSize(16);
    assertThat(Admission.of(List.of("10.0.0.0/8")).admits(client)).isTrue();
    assertThat(Admission.of(List.of("::/0")).admits(client)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8 ",
        "10.0.0.1/8",
        "10.0/8",
        "010.0.0.0/8",
        "256.0.0.0/8",
        "2001:db8::/129",
        "2001:db8::1/32",
        "fe80::%1/10",
        "localhost/8",
        "/8",
        "10.0.0.0/",
        "::ffff:10.0.0.0/8",
        "10.0.0.0/8/8",
        "10.0.0.0/1e1"
      })
  void refusesWhatIsNotACidrInASentence(String cidr) {
    assertThatThrownBy(() -> Admission.of(List.of("192.0.2.0/24", cidr)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + cidr + "\" is not a CIDR such as 192.0.2.0/24");
  }

  @Test
  void agreesWithTheDefinitionForManyNestedAndDisjointPrefixes() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 50; round++) {
      var cidrs = new ArrayList<String>();
      for (int i = 0; i < 256; i++) {
        int length = 8 + random.nextInt(25);
        int address = 0x0a000000 | random.nextInt(1 << 12) << 12;
        cidrs.add(text(address & (int) (-1L << (32 - length))) + "/" + length);
      }
      var admission = Admission.of(cidrs);
      for (int i = 0; i < 200; i++) {
        var client = text(0x0a000000 | random.nextInt(1 << 24));
        assertThat(admission.admits(InetAddress.ofLiteral(client)))
            .as("%s in %s", client, cidrs)
            .isEqualTo(cidrs.stream().anyMatch(cidr -> covers(cidr, client)));
      }
    }
  }

  private static boolean covers(String cidr, String client) {
    var parts = cidr.split("/");
    int shift = 32 - Integer.parseInt(parts[1]);
    return number(parts[0]).shiftRight(shift).equals(number(client).shiftRight(shift));
  }

  private static BigInteger number(String address) {
    return new BigInteger(1, InetAddress.ofLiteral(address).getAddress());
  }

  private static String text(int address) {
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255);
  }
}
