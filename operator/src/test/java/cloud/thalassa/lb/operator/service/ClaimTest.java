package cloud.thalassa.lb.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

class ClaimTest {
  @Test
  void aServiceWithoutAClassIsOursIfThePlatformSaysSo() {
    var service = service(null).build();
    assertThat(Claim.on(service, true)).isTrue();
    assertThat(Claim.on(service, false)).isFalse();
  }

  @Test
  void aServiceOfAnotherClassNeverIs() {
    assertThat(Claim.on(service(Api.ADDRESS_POOL_CLASS).build(), true)).isFalse();
  }

  @Test
  void whatHoldsTheAddressOfALoadBalancerNeverIs() {
    var labelled = service(null).editMetadata().addToLabels(Api.LOAD_BALANCER_LABEL, "web");
    assertThat(Claim.on(labelled.endMetadata().build(), true)).isFalse();
    assertThat(Claim.on(owned(service(null)), true)).isFalse();
    assertThat(Claim.on(owned(service(Api.LOAD_BALANCER_CLASS)), true)).isFalse();
  }

  private static ServiceBuilder service(String loadBalancerClass) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .withType("LoadBalancer")
        .withLoadBalancerClass(loadBalancerClass)
        .endSpec();
  }

  private static Service owned(ServiceBuilder service) {
    return service
        .editMetadata()
        .addNewOwnerReference()
        .withApiVersion(Api.API_VERSION)
        .withKind("LoadBalancer")
        .withName("web")
        .withUid("1")
        .endOwnerReference()
        .endMetadata()
        .build();
  }
}
