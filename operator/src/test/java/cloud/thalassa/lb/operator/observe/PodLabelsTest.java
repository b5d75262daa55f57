package cloud.thalassa.lb.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodLabelsTest {
  private static final Pod POD =
      pod(Map.of("app", "web", "tier", "front", "pod-template-hash", "1"));

  @Test
  void aPodLooksWhereTheGroupsThatSelectItLie() {
    assertThat(PodLabels.lookups(POD)).contains(lies(Map.of("app", "web", "tier", "front")));
    assertThat(PodLabels.lookups(POD)).contains(lies(Map.of("tier", "front")));
    assertThat(PodLabels.lookups(POD)).doesNotContain(lies(Map.of("app", "other")));
  }

  @Test
  void aGroupWithoutARequiredLabelIsLookedAtByEveryPodOfItsNamespace() {
    var group =
        group(
            new LabelSelectorBuilder()
                .withMatchExpressions(new LabelSelectorRequirement("app", "Exists", List.of()))
                .build());
    assertThat(PodLabels.lookups(POD)).contains(PodLabels.lies(group).orElseThrow());
    assertThat(PodLabels.pivot(group)).isEmpty();
  }

  @Test
  void aLabelThatEveryPodHasAnotherValueOfIsNoPivot() {
    var group = group(selector(Map.of("pod-template-hash", "1")));
    assertThat(PodLabels.pivot(group)).isEmpty();
    assertThat(PodLabels.keys(POD)).hasSize(2);
    assertThat(PodLabels.lookups(POD)).contains(PodLabels.lies(group).orElseThrow());
  }

  @Test
  void aGroupWithoutASelectorLiesNowhere() {
    assertThat(PodLabels.lies(group(null))).isEmpty();
  }

  private static String lies(Map<String, String> labels) {
    return PodLabels.lies(group(selector(labels))).orElseThrow();
  }

  private static LabelSelector selector(Map<String, String> labels) {
    return new LabelSelectorBuilder().withMatchLabels(labels).build();
  }

  private static TargetGroup group(@Nullable LabelSelector selector) {
    var group = new TargetGroup();
    group.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName("web").build());
    group.setSpec(
        new TargetGroupSpec(
            Protocol.TCP, new IntOrString(80), selector, null, null, null, null, null, null, null));
    return group;
  }

  private static Pod pod(Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web-1")
        .withLabels(labels)
        .endMetadata()
        .build();
  }
}
