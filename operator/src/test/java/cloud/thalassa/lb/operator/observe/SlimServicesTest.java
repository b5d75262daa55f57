package cloud.thalassa.lb.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlimServicesTest {
  @Test
  void ofAServiceForTheInsideItIsKnownWhichOneItIsAndOfWhichType() {
    var inside = service("ClusterIP", List.of());
    var kept = kept(inside);
    assertThat(kept.getMetadata().getUid()).isEqualTo("u1");
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(kept.getSpec().getType()).isEqualTo("ClusterIP");
    assertThat(kept.getSpec().getSelector()).isEmpty();
    assertThat(kept.getMetadata().getAnnotations()).isEmpty();
  }

  @Test
  void whatMayBeOursIsWhole() {
    assertWhole(service("LoadBalancer", List.of()));
    assertWhole(service("ClusterIP", List.of("service.kubernetes.io/load-balancer-cleanup")));
  }

  private static void assertWhole(Service service) {
    var whole = new ServiceBuilder(service).editMetadata().withManagedFields().endMetadata();
    assertThat(kept(service)).isEqualTo(whole.build());
  }

  private static Service kept(Service service) {
    var store = new SlimServices();
    store.put("shop/web", service);
    return store.get("shop/web");
  }

  private static Service service(String type, List<String> finalizers) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web")
        .withUid("u1")
        .withResourceVersion("7")
        .withAnnotations(Map.of("note", "long"))
        .withFinalizers(finalizers)
        .withManagedFields(new ManagedFieldsEntry())
        .endMetadata()
        .withNewSpec()
        .withType(type)
        .withSelector(Map.of("app", "web"))
        .endSpec()
        .build();
  }
}
