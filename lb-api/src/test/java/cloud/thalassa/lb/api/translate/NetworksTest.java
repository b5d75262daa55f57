package cloud.thalassa.lb.api.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "10.1.2.3/8, 10.0.0.0/8",
    "192.0.2.7, 192.0.2.7/32",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:db8::/32, 2001:db8::/32",
    "2001:db8::1, 2001:db8::1/128",
    "2001:db8::1/32, 2001:db8:0:0:0:0:0:0/32"
  })
  void isTheNetworkAroundIt(String given, String network) {
    assertThat(Networks.network("field", given)).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0/8",
        "::/129",
        "::ffff:192.0.2.1",
        "example.com",
        "1/08",
        "/8"
      })
  void isNamedWhenItIsNone(String given) {
    assertThatThrownBy(() -> Networks.network("field", given))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("field: \"" + given + "\" is no network");
  }
}
