package cloud.thalassa.lb.crds.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.HealthState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final String AT = "2026-11-29T20:00:00Z";

  /** What lies in a broker is read by whoever comes after an upgrade. */
  @Test
  void isWrittenAndReadWordForWord() {
    same(
        new Event.Lifecycle("a/b", "Listener", "a/l", "Accepted", "True", "Accepted", "yes"),
        "\"type\":\"lifecycle\",\"loadBalancer\":\"a/b\",\"kind\":\"Listener\",\"object\":\"a/l\","
            + "\"condition\":\"Accepted\",\"status\":\"True\",\"reason\":\"Accepted\",\"message\":\"yes\"");
    same(
        new Event.Health("a/b", "a/t", "10.0.0.7", 80, HealthState.UNHEALTHY, "refused"),
        "\"type\":\"health\",\"loadBalancer\":\"a/b\",\"targetGroup\":\"a/t\","
            + "\"address\":\"10.0.0.7\",\"port\":80,\"state\":\"Unhealthy\",\"reason\":\"refused\"");
    same(
        new Event.Failover("a/b", "it died", AT),
        "\"type\":\"failover\",\"loadBalancer\":\"a/b\",\"cause\":\"it died\",\"since\":\"%s\""
            .formatted(AT));
    same(
        new Event.Usage("a/b", 7, List.of(new Event.OfListener("a/l", 1, 2, 3))),
        "\"type\":\"usage\",\"loadBalancer\":\"a/b\",\"minute\":7,\"listeners\":[{\"listener\":"
            + "\"a/l\",\"connections\":1,\"bytesToTarget\":2,\"bytesToClient\":3}]");
  }

  private static void same(Event event, String json) {
    var told = new Told("s", 4, AT, event);
    var text = "{\"source\":\"s\",\"number\":4,\"at\":\"%s\",\"event\":{%s}}".formatted(AT, json);
    assertThat(told.json()).isEqualTo(text);
    assertThat(Told.parse(text)).isEqualTo(told);
  }

  @Test
  void whatIsNoEventIsRefusedInASentence() {
    for (var wrong :
        List.of("", "null", "{}", "[]", "x", "{\"event\":{\"type\":\"other\"}}", "{\"source\":1")) {
      assertThatThrownBy(() -> Told.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("no event: ");
    }
  }

  @Test
  void whatALaterVersionAddsIsLeftOut() {
    var text =
        "{\"source\":\"s\",\"number\":4,\"at\":\"%s\",\"new\":1,\"event\":{\"type\":\"failover\","
                .formatted(AT)
            + "\"loadBalancer\":\"a/b\",\"cause\":\"c\",\"since\":\"s\",\"newer\":{}}}";
    assertThat(Told.parse(text).event()).isEqualTo(new Event.Failover("a/b", "c", "s"));
  }
}
