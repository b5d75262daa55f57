package cloud.thalassa.lb.kubectl.complete;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.kubectl.complete.Completion.Known;
import cloud.thalassa.lb.kubectl.complete.Grammar.Verb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private static final Grammar GRAMMAR =
      new Grammar(
          Map.of(
              "get",
              new Verb("One.", Map.of("-o", "How.", "--wide", "More."), List.of("-o"), true),
              "list",
              new Verb("All.", Map.of("-n", "Where."), List.of("-n"), false),
              "explain",
              new Verb("Why.", Map.of("--to", "Where to."), List.of("--to"), false)));
  private static final Known KNOWN =
      new Known(
          () -> List.of("web", "wap", "api"),
          () -> List.of("web:80/tcp"),
          () -> List.of("shop", "bank"),
          () -> List.of());

  private static String complete(String... words) {
    return Completion.of(GRAMMAR, Line.of(GRAMMAR, List.of(words)), KNOWN).toString();
  }

  @Test
  void commandsCarryTheirDescriptions() {
    assertThat(complete("")).isEqualTo("explain\tWhy.\nget\tOne.\nlist\tAll.\n:4");
    assertThat(complete("l")).isEqualTo("list\tAll.\n:4");
  }

  @Test
  void namesAreThoseOfTheCluster() {
    assertThat(complete("get", "w")).isEqualTo("wap\nweb\n:4");
    assertThat(complete("get", "web", "")).isEqualTo(":4");
    assertThat(complete("list", "")).isEqualTo(":4");
    assertThat(complete("get", "-o", "json", "a")).isEqualTo("api\n:4");
  }

  @Test
  void optionsAndTheirValues() {
    assertThat(complete("get", "--")).isEqualTo("--wide\tMore.\n:4");
    assertThat(complete("get", "-o", "")).isEqualTo("json\nwide\nyaml\n:4");
    assertThat(complete("list", "-n", "s")).isEqualTo("shop\n:4");
    assertThat(complete("explain", "--to", "web:")).isEqualTo("web:80/tcp\n:4");
  }

  @Test
  void whatWasGivenIsKnown() {
    assertThat(Line.of(GRAMMAR, List.of("list", "-n", "shop", "")).value("-n", "--namespace"))
        .contains("shop");
    assertThat(complete("nonsense", "x", "")).isNotEmpty();
  }
}
