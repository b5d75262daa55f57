package cloud.thalassa.lb.kubectl.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {
  @Test
  void theProtocolMayBeLeftOut() {
    assertThat(Asked.parse("web:443/udp")).isEqualTo(new Asked("web", 443, "udp"));
    assertThat(Asked.parse("web:443")).isEqualTo(new Asked("web", 443, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "web:", "web:0", "web:65536", ":80", "shop/web:80", "web:80/"})
  void whatIsNoPlaceIsRefusedWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Asked.parse(text))
        .withMessageContaining("as in web:443");
  }

  @Test
  void theAddressIsOneOfTheClientsFamily() {
    var balancer = balancer("lb.example.org", "198.51.100.1", "2001:db8::1");
    var asked = Asked.parse("web:80");
    assertThat(asked.question("203.0.113.7:1", balancer, "10.0.0.1").to().text())
        .isEqualTo("198.51.100.1:80");
    assertThat(asked.question("[2001:db8::7]:1", balancer, "10.0.0.1").to().text())
        .isEqualTo("[2001:db8::1]:80");
    assertThat(asked.question("203.0.113.7:1", balancer(), "10.0.0.1").to().text())
        .isEqualTo("10.0.0.1:80");
  }

  private static LoadBalancer balancer(String... addresses) {
    var balancer = new LoadBalancer();
    balancer.setStatus(
        new LoadBalancerStatus(
            1L,
            null,
            Stream.of(addresses).map(it -> new Address(it, "VIP")).toList(),
            null,
            null,
            null,
            null,
            List.of()));
    return balancer;
  }
}
