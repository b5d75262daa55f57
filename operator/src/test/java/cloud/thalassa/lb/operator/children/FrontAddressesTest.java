package cloud.thalassa.lb.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.AddressClaimSpec;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.SubnetSpec;
import cloud.thalassa.lb.crds.SubnetSpec.ExternalTrafficPolicy;
import cloud.thalassa.lb.crds.SubnetSpec.ServiceType;
import cloud.thalassa.lb.operator.allocate.Placement;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrontAddressesTest {
  private static final List<String> POOL = List.of("203.0.113.0/28", "2001:db8::/64");

  @Test
  void anAddressOfAPoolIsServedByAClassOfOurs() {
    var service = service(place(subnet(null, POOL), "203.0.113.1"));
    assertThat(service.getSpec().getType()).isEqualTo("LoadBalancer");
    assertThat(service.getSpec().getLoadBalancerClass())
        .isEqualTo("lb.thalassa.cloud/address-pool");
    assertThat(service.getSpec().getAllocateLoadBalancerNodePorts()).isFalse();
    assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Local");
    assertThat(service.getSpec().getIpFamilies()).containsExactly("IPv4");
    assertThat(service.getSpec().getLoadBalancerIP()).isNull();
  }

  @Test
  void itsStatusIsWrittenOnceAndInModeVip() {
    var service = service(place(subnet(null, POOL), "203.0.113.1"));
    var status = FrontAddresses.status(service, List.of("203.0.113.1", "2001:db8::1"));
    var ingress = status.getStatus().getLoadBalancer().getIngress();
    assertThat(ingress)
        .as("the Service has no IPv6")
        .extracting(LoadBalancerIngress::getIp, LoadBalancerIngress::getIpMode)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("203.0.113.1", "VIP"));
    service.setStatus(status.getStatus());
    assertThat(FrontAddresses.status(service, List.of("203.0.113.1"))).isNull();
    assertThat(FrontAddresses.status(service, List.of())).isNotNull();
    assertThat(FrontAddresses.has(service, "203.0.113.1")).isTrue();
    assertThat(FrontAddresses.has(service, "203.0.113.2")).isFalse();
  }

  @Test
  void whatATenantAsksForInAServiceOfOurClassIsNotItsAddress() {
    var service = service(place(subnet(null, POOL), "203.0.113.1"));
    service.getSpec().setLoadBalancerIP("203.0.113.2");
    assertThat(FrontAddresses.has(service, "203.0.113.2")).isFalse();
  }

  @Test
  void aProviderIsAskedForTheAddressAndWritesTheStatusItself() {
    var given = new SubnetSpec.Service(null, "metallb.io/l2", Map.of("a", "b"), null);
    var service = service(place(subnet(given, POOL), "203.0.113.1"));
    assertThat(service.getSpec().getLoadBalancerClass()).isEqualTo("metallb.io/l2");
    assertThat(service.getSpec().getLoadBalancerIP()).isEqualTo("203.0.113.1");
    assertThat(service.getMetadata().getAnnotations()).containsEntry("a", "b");
    assertThat(FrontAddresses.status(service, List.of("203.0.113.1"))).isNull();
    assertThat(FrontAddresses.has(service, "203.0.113.1")).isTrue();
  }

  @Test
  void aSubnetWithoutPoolsSaysHowTheServiceLooks() {
    var given =
        new SubnetSpec.Service(
            ServiceType.NODE_PORT, null, Map.of(), ExternalTrafficPolicy.CLUSTER);
    var service = service(place(subnet(given, List.of())));
    assertThat(service.getSpec().getType()).isEqualTo("NodePort");
    assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Cluster");
    assertThat(service.getSpec().getLoadBalancerClass()).isNull();
  }

  @Test
  void theClassAndThePrimaryFamilyOfAServiceAreForLife() {
    var plain = service(Placement.NONE);
    var pooled = service(place(subnet(null, POOL), "203.0.113.1"));
    var v6 = service(place(subnet(null, POOL), "2001:db8::1"));
    var metal = new SubnetSpec.Service(null, "metallb.io/l2", Map.of(), null);
    assertThat(FrontAddresses.mustBeReplaced(pooled, plain)).isTrue();
    assertThat(FrontAddresses.mustBeReplaced(plain, pooled)).isTrue();
    assertThat(FrontAddresses.mustBeReplaced(v6, pooled)).isTrue();
    assertThat(FrontAddresses.mustBeReplaced(service(place(subnet(metal, List.of()))), plain))
        .isTrue();
    assertThat(FrontAddresses.mustBeReplaced(pooled, pooled)).isFalse();
    var classified = new ServiceBuilder(plain).editSpec().withLoadBalancerClass("a").endSpec();
    assertThat(FrontAddresses.mustBeReplaced(plain, classified.build()))
        .as("the cluster's default class")
        .isFalse();
  }

  private static Service service(Placement place) {
    var ports = List.of(new ServedPort(Protocol.TCP, 80));
    return FrontService.of(Samples.loadBalancer(Scheme.EXTERNAL), ports, place);
  }

  private static Placement place(Subnet subnet, String... addresses) {
    var claims =
        Stream.of(addresses)
            .map(
                address -> {
                  var claim = new AddressClaim();
                  claim.setSpec(new AddressClaimSpec("public", address, null));
                  return claim;
                })
            .toList();
    return new Placement("public", subnet, claims, List.of(), List.of(), true, null);
  }

  private static Subnet subnet(SubnetSpec.@Nullable Service service, List<String> pools) {
    var subnet = new Subnet();
    subnet.setMetadata(new ObjectMetaBuilder().withName("public").build());
    subnet.setSpec(new SubnetSpec(null, null, service, pools, null, null));
    return subnet;
  }
}
