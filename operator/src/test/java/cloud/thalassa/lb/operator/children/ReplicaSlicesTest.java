package cloud.thalassa.lb.operator.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.compile.PodTarget.NamedPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicaSlicesTest {
  private static final LoadBalancer LB = Samples.loadBalancer();
  private static final NamedPort MANAGEMENT =
      new NamedPort(Api.MANAGEMENT_PORT, Protocol.TCP, 9000);

  @Test
  void theRotationIsInTheSlice() {
    var slices = slices(Draft.of("b", "10.0.0.2"), Draft.of("a", "10.0.0.1"));
    assertThat(slices.getFirst().getEndpoints())
        .extracting(endpoint -> endpoint.getAddresses().getFirst())
        .containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(ReplicaSlices.pods(slices)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aSliceThatSomebodyEmptiedNamesNobody() {
    var emptied =
        new EndpointSliceBuilder()
            .withNewMetadata()
            .addToLabels("kubernetes.io/service-name", "lb-web")
            .endMetadata()
            .build();
    emptied.setEndpoints(null);
    assertThat(ReplicaSlices.pods(List.of(emptied))).isEmpty();
  }

  @Test
  void kubeProxyIsToldWhoIsLeaving() {
    assertThat(conditions(Draft.of("a", "10.0.0.1")))
        .isEqualTo(new EndpointConditions(true, true, false));
    assertThat(conditions(Draft.of("a", "10.0.0.1").leaving()))
        .isEqualTo(new EndpointConditions(false, true, true));
  }

  @Test
  void eachFamilyHasASliceOfItsOwn() {
    var slices = slices(Draft.of("a", "10.0.0.1", "2001:db8::1"), Draft.of("b", "10.0.0.2"));
    assertThat(slices)
        .extracting(slice -> slice.getMetadata().getName(), EndpointSlice::getAddressType)
        .containsExactly(tuple("lb-web-ipv4", "IPv4"), tuple("lb-web-ipv6", "IPv6"));
    assertThat(slices.get(1).getEndpoints()).hasSize(1);
  }

  @Test
  void portsAreNamedAsInTheService() {
    var service =
        FrontService.of(
            LB, ServedPort.of(Samples.config(Protocol.TCP, 443, Protocol.UDP, 53)), Placement.NONE);
    assertThat(slices(Draft.of("a", "10.0.0.1")).getFirst().getPorts())
        .extracting(port -> port.getName() + " " + port.getProtocol() + " " + port.getPort())
        .containsExactly("tcp-443 TCP 443", "udp-53 UDP 53")
        .containsExactlyElementsOf(
            service.getSpec().getPorts().stream()
                .map(port -> port.getName() + " " + port.getProtocol() + " " + port.getPort())
                .toList());
  }

  @Test
  void withoutListenersNobodyAnswersThePlaceholder() {
    var rotation = List.of(Draft.of("a", "10.0.0.1").make());
    assertThat(ReplicaSlices.of(LB, Samples.config(), rotation)).isEmpty();
  }

  @Test
  void whoIsDeadIsTakenOutAndNothingElseChanges() {
    var a = Draft.of("a", "10.0.0.1");
    var b = Draft.of("b", "10.0.0.2");
    var both = slices(a, b).getFirst();
    assertThat(ReplicaSlices.without(both, Set.of("a", "c"))).isEqualTo(slices(b).getFirst());
    assertThat(ReplicaSlices.without(both, Set.of("c"))).as("nobody is in it").isNull();
    assertThat(ReplicaSlices.without(both, Set.of("a", "b"))).as("nobody were left").isNull();
    var watched = WatchedReplicas.of(LB, List.of(a.port(MANAGEMENT).make(), b.make()));
    assertThat(watched)
        .as("who is watched does not depend on it")
        .allMatch(slice -> ReplicaSlices.without(slice, Set.of("a")) == null);
  }

  private static EndpointConditions conditions(Draft replica) {
    return slices(replica).getFirst().getEndpoints().getFirst().getConditions();
  }

  private static List<EndpointSlice> slices(Draft... rotation) {
    return ReplicaSlices.of(
        LB,
        Samples.config(Protocol.TCP, 443, Protocol.UDP, 53),
        Stream.of(rotation).map(Draft::make).toList());
  }
}
