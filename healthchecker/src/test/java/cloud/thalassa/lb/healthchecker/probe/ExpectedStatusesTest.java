package cloud.thalassa.lb.healthchecker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedStatusesTest {
  @Test
  void singleStatusesAndRangesWithTheirEnds() {
    var expected = new ExpectedStatuses(List.of("204", "300-302"));
    assertThat(expected.contain(204)).isTrue();
    assertThat(expected.contain(300)).isTrue();
    assertThat(expected.contain(302)).isTrue();
    assertThat(expected.contain(200)).isFalse();
    assertThat(expected.contain(303)).isFalse();
    assertThat(expected).hasToString("204, 300-302");
  }

  @Test
  void whatIsNoStatusMatchesNothing() {
    assertThat(new ExpectedStatuses(List.of("abc", "2xx-3xx", "")).contain(200)).isFalse();
  }
}
