package cloud.thalassa.lb.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceStatusesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void whatTheApiServerRefusesIsSaidInItsWords() {
    var translated = Translation.of(service("60"), null);
    var status =
        ServiceStatuses.of(
            service("60"), translated, null, List.of(), List.of("exceeded quota: lbs"), NOW);
    assertThat(status.getConditions())
        .filteredOn(it -> it.getType().equals("Programmed"))
        .singleElement()
        .extracting(Condition::getReason, Condition::getMessage)
        .containsExactly(
            "RefusedByApiServer",
            "The API server refuses what the Service needs: exceeded quota: lbs");
  }

  @Test
  void aRemarkIsNewsOnce() {
    var first = Translation.of(service("60s"), null);
    assertThat(first.news(List.of())).isEqualTo(first.remarks()).isNotEmpty();
    var said =
        ServiceStatuses.of(service("60s"), first, null, List.of(), List.of(), NOW).getConditions();
    assertThat(first.news(said)).isEmpty();
    var second = Translation.of(service("1m"), null);
    assertThat(second.news(said)).isEqualTo(second.remarks()).isNotEmpty();
  }

  private static Service service(String idle) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web")
        .addToAnnotations("loadbalancer.k8s.thalassa.cloud/idle-connection-timeout", idle)
        .endMetadata()
        .withNewSpec()
        .withType("LoadBalancer")
        .addToSelector("app", "web")
        .addNewPort()
        .withPort(443)
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }
}
