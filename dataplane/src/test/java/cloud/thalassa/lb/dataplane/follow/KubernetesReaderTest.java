package cloud.thalassa.lb.dataplane.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesReaderTest {
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final KubernetesReader reader = new KubernetesReader(serialization);

  @Test
  void readsOneVersionOnce() {
    var config = config("1", "{formatVersion: 1, revision: r1}");

    var first = reader.read(List.of(config), List.of(), List.of());
    var second = reader.read(List.of(config), List.of(), List.of());

    assertThat(first.configs()).extracting(c -> c.getSpec().revision()).containsExactly("r1");
    assertThat(second.configs().getFirst()).isSameAs(first.configs().getFirst());
  }

  @Test
  void saysThatAFormatIsNewerWhateverElseItCannotRead() {
    var newer = config("1", "{formatVersion: 7, revision: r1, wormholes: [{to: mars}]}");

    assertThat(reader.read(List.of(newer), List.of(), List.of()).unreadable())
        .containsEntry(
            "shop/web",
            "the newest ForwardingConfig is not used: it has format version 7; this dataplane reads"
                + " 1");
  }

  @Test
  void saysWhyAConfigurationCannotBeRead() {
    var garbage = config("1", "{formatVersion: 1, revision: r1, listeners: [{protocol: SCTP}]}");

    var documents = reader.read(List.of(garbage), List.of(), List.of());

    assertThat(documents.configs()).isEmpty();
    assertThat(documents.unreadable().get("shop/web"))
        .startsWith("the newest ForwardingConfig is not used: it cannot be read: ")
        .contains("SCTP");
  }

  @Test
  void keepsTheLastGoodReport() {
    var good = report("1", "Healthy");
    reader.read(List.of(), List.of(), List.of(good));

    var documents = reader.read(List.of(), List.of(), List.of(report("2", "Bored")));

    assertThat(documents.reports()).hasSize(1);
    assertThat(reader.read(List.of(), List.of(), List.of(report("2", "Bored"))).reports())
        .as("and goes on to")
        .hasSize(1);
  }

  private GenericKubernetesResource config(String version, String spec) {
    return raw("ForwardingConfig", version, spec);
  }

  private GenericKubernetesResource report(String version, String state) {
    return raw(
        "HealthReport",
        version,
        "{reporter: c, summary: x, targets: [{address: 10.0.0.1, port: 80, state: %s, since: now, reason: r}]}"
            .formatted(state));
  }

  private GenericKubernetesResource raw(String kind, String version, String spec) {
    return serialization.unmarshal(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: %s
        metadata: {name: web, namespace: shop, resourceVersion: "%s"}
        spec: %s
        """
            .formatted(kind, version, spec),
        GenericKubernetesResource.class);
  }
}
