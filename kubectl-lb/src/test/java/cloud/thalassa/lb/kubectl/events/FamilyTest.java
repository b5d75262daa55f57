package cloud.thalassa.lb.kubectl.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.kubectl.view.Named;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyTest {
  private static final Family FAMILY = family();

  private static Family family() {
    var balancer = new LoadBalancer();
    balancer.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("web")
            .addToLabels(Api.SERVICE_LABEL, "front")
            .build());
    return new Family(
        balancer, List.of(new Named("shop", "http")), List.of(new Named("store", "web")));
  }

  @ParameterizedTest
  @CsvSource({
    "LoadBalancer, shop, web, true",
    "LoadBalancer, store, web, false",
    "LoadBalancer, shop, api, false",
    "Listener, shop, http, true",
    "Listener, shop, web, false",
    "TargetGroup, store, web, true",
    "Service, shop, front, true",
    "Service, shop, lb-web, true",
    "Deployment, shop, lb-web, true",
    "Deployment, shop, web, false",
    "ReplicaSet, shop, lb-web-6d4f9bc5b8, true",
    "Pod, shop, lb-web-6d4f9bc5b8-x7k2p, true",
    "Pod, shop, lb-web-b-6d4f9bc5b8-x7k2p, false",
    "ReplicaSet, shop, lb-web-b-6d4f9bc5b8, false",
    "Pod, store, lb-web-6d4f9bc5b8-x7k2p, false",
    "Pod, shop, web-1, false"
  })
  void itKnowsItsOwn(String kind, String namespace, String name, boolean belongs) {
    assertThat(
            FAMILY.has(
                new ObjectReferenceBuilder()
                    .withKind(kind)
                    .withNamespace(namespace)
                    .withName(name)
                    .build()))
        .isEqualTo(belongs);
  }

  @Test
  void theTimeIsThatOfTheLastTime() {
    var series =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .endMetadata()
            .withEventTime(new MicroTime("2026-11-29T10:00:00.000000Z"))
            .withNewSeries()
            .withCount(4)
            .withLastObservedTime(new MicroTime("2026-11-29T12:00:00.000000Z"))
            .endSeries()
            .withNewInvolvedObject()
            .withKind("Listener")
            .withName("http")
            .endInvolvedObject()
            .withMessage("It is served.\n")
            .build();
    var old =
        new EventBuilder(series)
            .withSeries(null)
            .withEventTime(null)
            .withCount(2)
            .withLastTimestamp("2026-11-29T11:00:00Z")
            .build();
    assertThat(Stream.of(series, old).map(Happening::of).sorted(Happening.BY_TIME).toList())
        .extracting(Happening::time, Happening::count, Happening::message)
        .containsExactly(
            tuple("2026-11-29T11:00:00Z", 2, "It is served."),
            tuple("2026-11-29T12:00:00.000000Z", 4, "It is served."));
  }
}
