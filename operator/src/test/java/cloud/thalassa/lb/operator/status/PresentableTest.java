package cloud.thalassa.lb.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresentableTest {
  @Test
  void wordsStayAsTheyAre() {
    assertThat(Presentable.of("port: 443 – ‘über’ 😀")).isEqualTo("port: 443 – ‘über’ 😀");
  }

  @Test
  void nothingEndsTheLineOrMovesTheCursor() {
    assertThat(Presentable.of("a\nReady=True\u001b[2J\u202Eb\u2028"))
        .isEqualTo("a\uFFFDReady=True\uFFFD[2J\uFFFDb\uFFFD");
  }

  @Test
  void theApiServerTakesItHoweverMuchThereIsToSay() {
    var long1 = Presentable.of("targets[0].address: wrong. ".repeat(10_000));
    assertThat(long1)
        .hasSizeLessThan(32_768)
        .endsWith("(265904 more characters are left out: correct these first)");
    var pairs = Presentable.of("x" + "😀".repeat(5_000));
    assertThat(pairs).startsWith("x😀").contains("😀... (");
  }
}
