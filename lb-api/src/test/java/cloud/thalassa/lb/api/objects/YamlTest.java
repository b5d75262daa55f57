package cloud.thalassa.lb.api.objects;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlTest {
  private static TargetGroup group(String name, Map<String, String> labels) {
    var group = new TargetGroup();
    group.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace("shop")
            .withUid("not-to-be-applied")
            .withLabels(labels)
            .build());
    return group;
  }

  @Test
  void isWhatKubectlApplies() {
    assertThat(Yaml.of(List.of(group("web", Map.of("on", "no")), group("80", Map.of()))))
        .isEqualTo(
            """
            apiVersion: lb.thalassa.cloud/v1alpha1
            kind: TargetGroup
            metadata:
              name: web
              namespace: shop
              labels:
                "on": "no"
            spec: null
            ---
            apiVersion: lb.thalassa.cloud/v1alpha1
            kind: TargetGroup
            metadata:
              name: "80"
              namespace: shop
            spec: null
            """);
  }
}
