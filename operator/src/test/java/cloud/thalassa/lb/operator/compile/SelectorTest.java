package cloud.thalassa.lb.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectorTest {
  private static final Map<String, String> WEB = Map.of("app", "web", "tier", "front");

  @Test
  void emptySelectorsMatchNothing() {
    assertThat(Selector.matches(null, WEB)).isFalse();
    assertThat(Selector.matches(new LabelSelector(), WEB)).isFalse();
    assertThat(Selector.matches(new LabelSelector(null, null), Map.of())).isFalse();
  }

  @Test
  void everyLabelMustMatch() {
    assertThat(Selector.matches(labels("app", "web"), WEB)).isTrue();
    assertThat(Selector.matches(labels("app", "api"), WEB)).isFalse();
    assertThat(Selector.matches(labels("app", "web", "tier", "back"), WEB)).isFalse();
    assertThat(Selector.matches(labels("app", "web"), Map.of())).isFalse();
  }

  @Test
  void operatorsAreThoseOfKubernetes() {
    assertThat(holds("tier", "In", "front", "edge")).isTrue();
    assertThat(holds("tier", "In", "back")).isFalse();
    assertThat(holds("zone", "In", "a")).isFalse();
    assertThat(holds("tier", "NotIn", "back")).isTrue();
    assertThat(holds("tier", "NotIn", "front")).isFalse();
    assertThat(holds("zone", "NotIn", "a")).as("an absent label is not in").isTrue();
    assertThat(holds("tier", "Exists")).isTrue();
    assertThat(holds("zone", "Exists")).isFalse();
    assertThat(holds("zone", "DoesNotExist")).isTrue();
    assertThat(holds("tier", "DoesNotExist")).isFalse();
  }

  @Test
  void senselessExpressionsMatchNothing() {
    assertThat(holds("tier", "In")).isFalse();
    assertThat(holds("zone", "NotIn")).isFalse();
    assertThat(holds("tier", "Exists", "front")).isFalse();
    assertThat(holds("zone", "DoesNotExist", "a")).isFalse();
    assertThat(holds("tier", "Like", "front")).isFalse();
    assertThat(holds("tier", null)).isFalse();
    assertThat(holds("", "DoesNotExist")).isFalse();
  }

  @Test
  void labelsAndExpressionsMustBothHold() {
    var selector =
        new LabelSelectorBuilder(labels("app", "web"))
            .addToMatchExpressions(new LabelSelectorRequirement("tier", "In", List.of("back")))
            .build();
    assertThat(Selector.matches(selector, WEB)).isFalse();
  }

  @Test
  void thePivotIsALabelThatEveryMatchHas() {
    assertThat(Selector.pivot(labels("tier", "front", "app", "web")))
        .isEqualTo(Map.entry("app", "web"));
    assertThat(Selector.pivot(expression("app", "Exists"))).isNull();
  }

  private static boolean holds(String key, String operator, String... values) {
    return Selector.matches(expression(key, operator, values), WEB);
  }

  private static LabelSelector expression(String key, String operator, String... values) {
    return new LabelSelectorBuilder()
        .addToMatchExpressions(new LabelSelectorRequirement(key, operator, List.of(values)))
        .build();
  }

  private static LabelSelector labels(String... pairs) {
    var selector = new LabelSelectorBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      selector.addToMatchLabels(pairs[i], pairs[i + 1]);
    }
    return selector.build();
  }
}
