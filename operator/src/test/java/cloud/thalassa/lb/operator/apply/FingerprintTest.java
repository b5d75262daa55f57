package cloud.thalassa.lb.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void theOrderOfMapsDoesNotMatter() {
    assertThat(Fingerprint.of(labelled("a", "b")))
        .isEqualTo(Fingerprint.of(labelled("b", "a")))
        .hasSize(16);
  }

  @Test
  void whatItSaysDoes() {
    assertThat(Fingerprint.of(labelled("a", "b"))).isNotEqualTo(Fingerprint.of(labelled("a", "c")));
    assertThat(Fingerprint.of(labelled("a", "b"))).isNotEqualTo(Fingerprint.of(labelled("a")));
  }

  private static Service labelled(String... names) {
    var labels = new LinkedHashMap<String, String>();
    for (var name : names) {
      labels.put(name, "value");
    }
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .withLabels(labels)
        .endMetadata()
        .build();
  }
}
