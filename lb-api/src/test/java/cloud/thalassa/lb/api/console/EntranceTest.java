package cloud.thalassa.lb.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is let in, and where to. */
class EntranceTest {
  private static boolean posts(Map<String, String> headers) {
    return SameOrigin.asks("POST", headers::get);
  }

  @Test
  void otherSitesChangeNothing() {
    assertThat(posts(Map.of("Sec-Fetch-Site", "same-origin", "Origin", "null"))).isTrue();
    assertThat(posts(Map.of("Sec-Fetch-Site", "cross-site"))).isFalse();
    assertThat(posts(Map.of("Sec-Fetch-Site", "same-site"))).isFalse();
    assertThat(posts(Map.of("Origin", "https://a.example", "Host", "a.example"))).isTrue();
    assertThat(posts(Map.of("Origin", "https://a.example:444", "Host", "a.example"))).isFalse();
    assertThat(posts(Map.of("Origin", "null", "Host", "a.example"))).isFalse();
    assertThat(posts(Map.of("Host", "a.example"))).isTrue();
    assertThat(SameOrigin.asks("GET", Map.of("Sec-Fetch-Site", "cross-site")::get)).isTrue();
  }

  @Test
  void theSignInLeadsBackIntoTheConsole() {
    assertThat(Addresses.next("/console/audit?before=3")).isEqualTo("/console/audit?before=3");
    for (var elsewhere :
        new String[] {
          null,
          "",
          "/v1/vpcs",
          "//x",
          "https://x/console/",
          "/console\\@x",
          "/console/sign-in",
          "/console/\r\nx"
        }) {
      assertThat(Addresses.next(elsewhere)).isEqualTo("/console/loadbalancers");
    }
    assertThat(Addresses.signIn(URI.create("http://x/console/a?b=c")))
        .isEqualTo("/console/sign-in?next=%2Fconsole%2Fa%3Fb%3Dc");
  }
}
