package cloud.thalassa.lb.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.PodTarget.NamedPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchedReplicasTest {
  @Test
  void whoeverIsToStayIsWatchedWhereItsOwnPodAnswers() {
    var slices =
        slices(
            draft("b", "10.0.0.2", 9000),
            draft("a", "10.0.0.1", 9000).died().outside().notReady(),
            draft("older", "10.0.0.3", 9001));
    assertThat(slices)
        .extracting(slice -> slice.getMetadata().getName())
        .containsExactly("lb-web-replicas-ipv4-9000", "lb-web-replicas-ipv4-9001");
    assertThat(slices.getFirst().getEndpoints())
        .extracting(endpoint -> endpoint.getTargetRef().getName())
        .containsExactly("a", "b");
    assertThat(slices.getFirst().getPorts())
        .singleElement()
        .matches(port -> port.getName().equals("management") && port.getPort() == 9000);
  }

  @Test
  void noServiceHasThem() {
    assertThat(slices(draft("a", "10.0.0.1", 9000)).getFirst().getMetadata().getLabels())
        .containsEntry("lb.thalassa.cloud/load-balancer", "web")
        .containsEntry("lb.thalassa.cloud/replicas", "true")
        .doesNotContainKey("kubernetes.io/service-name");
  }

  @Test
  void whoHasNotStartedOrLeavesIsNotWatched() {
    assertThat(
            slices(
                draft("starting", "10.0.0.1", 9000).phase(null),
                draft("leaving", "10.0.0.2", 9000).leaving(),
                Draft.of("without an address").port(management(9000))))
        .isEmpty();
  }

  @Test
  void aReplicaIsWatchedAtItsFirstAddress() {
    var slices = slices(Draft.of("a", "2001:db8::1", "10.0.0.1").port(management(9000)));
    assertThat(slices)
        .singleElement()
        .matches(slice -> slice.getAddressType().equals("IPv6"))
        .matches(
            slice -> slice.getEndpoints().getFirst().getAddresses().equals(List.of("2001:db8::1")));
  }

  private static Draft draft(String name, String ip, int port) {
    return Draft.of(name, ip).port(management(port));
  }

  private static NamedPort management(int port) {
    return new NamedPort("management", Protocol.TCP, port);
  }

  private static List<EndpointSlice> slices(Draft... replicas) {
    return WatchedReplicas.of(
        Samples.loadBalancer(), Stream.of(replicas).map(Draft::make).toList());
  }
}
