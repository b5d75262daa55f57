package cloud.thalassa.lb.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.PodTarget;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplicaSlicesTest {
  private static final LoadBalancer LB = Samples.loadBalancer();

  @Test
  void servingReplicasAreInTheSlice() {
    assertThat(addresses(replica("a", "10.0.0.1"), replica("b", "10.0.0.2")))
        .containsExactly("10.0.0.1", "10.0.0.2");
  }

  @Test
  void aReplicaStaysWhileItStillServesAnEarlierRevision() {
    assertThat(addresses(replica("a", "10.0.0.1", report("earlier", Phase.SERVING), true, false)))
        .containsExactly("10.0.0.1");
  }

  @Test
  void drainingSilentAndTerminatingReplicasAreNot() {
    assertThat(
            addresses(
                replica("a", "10.0.0.1", report("now", Phase.DRAINING), true, false),
                replica("b", "10.0.0.2", null, true, false),
                replica("c", "10.0.0.3", report("now", Phase.SERVING), true, true),
                replica("d", "10.0.0.4")))
        .containsExactly("10.0.0.4");
  }

  @Test
  void aReplicaThatMissesItsProbesLeavesUnlessNoneWouldBeLeft() {
    var frozen = replica("a", "10.0.0.1", report("now", Phase.SERVING), false, false);
    assertThat(addresses(frozen, replica("b", "10.0.0.2"))).containsExactly("10.0.0.2");
    assertThat(addresses(frozen)).containsExactly("10.0.0.1");
  }

  @Test
  void eachFamilyHasASliceOfItsOwn() {
    var slices = slices(replica("a", "10.0.0.1,2001:db8::1"), replica("b", "10.0.0.2"));
    assertThat(slices)
        .extracting(slice -> slice.getMetadata().getName(), EndpointSlice::getAddressType)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("lb-web-ipv4", "IPv4"),
            org.assertj.core.groups.Tuple.tuple("lb-web-ipv6", "IPv6"));
    assertThat(slices.get(1).getEndpoints()).hasSize(1);
  }

  @Test
  void portsAreNamedAsInTheService() {
    var service =
        FrontService.of(LB, ServedPort.of(Samples.config(Protocol.TCP, 443, Protocol.UDP, 53)));
    assertThat(slices(replica("a", "10.0.0.1")).getFirst().getPorts())
        .extracting(port -> port.getName() + " " + port.getProtocol() + " " + port.getPort())
        .containsExactly("tcp-443 TCP 443", "udp-53 UDP 53")
        .containsExactlyElementsOf(
            service.getSpec().getPorts().stream()
                .map(port -> port.getName() + " " + port.getProtocol() + " " + port.getPort())
                .toList());
  }

  @Test
  void withoutListenersNobodyAnswersThePlaceholder() {
    assertThat(ReplicaSlices.of(LB, Samples.config(), List.of(replica("a", "10.0.0.1")))).isEmpty();
  }

  private static List<String> addresses(Replica... replicas) {
    return slices(replicas).stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .toList();
  }

  private static List<EndpointSlice> slices(Replica... replicas) {
    return ReplicaSlices.of(
        LB, Samples.config(Protocol.TCP, 443, Protocol.UDP, 53), Arrays.asList(replicas));
  }

  private static Replica replica(String name, String ips) {
    return replica(name, ips, report("now", Phase.SERVING), true, false);
  }

  private static Replica replica(
      String name,
      String ips,
      @Nullable DataplaneReport report,
      boolean ready,
      boolean terminating) {
    return new Replica(
        new PodTarget(
            "shop",
            name,
            "uid-" + name,
            List.of(ips.split(",")),
            List.of(),
            false,
            ready,
            terminating,
            "node",
            "zone",
            Set.of()),
        report);
  }

  private static DataplaneReport report(String revision, Phase phase) {
    var report = new DataplaneReport();
    report.setSpec(new DataplaneReportSpec(revision, phase, null, List.of()));
    return report;
  }
}
