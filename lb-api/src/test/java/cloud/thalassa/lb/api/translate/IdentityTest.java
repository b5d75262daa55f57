package cloud.thalassa.lb.api.translate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static LoadBalancer balancer(String uid, String name) {
    var balancer = new LoadBalancer();
    balancer.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName(name).withUid(uid).build());
    return balancer;
  }

  /** Clients keep it for years: it must not change with a release. */
  @Test
  void isOfTheUidAloneForAllTime() {
    var uid = "5f0c7e9e-3c1b-4f0e-9d39-0a7f5d1b2c3d";
    assertThat(Identity.of(balancer(uid, "web"))).isEqualTo("lb-org6jev3i6uao94hdvth");
    assertThat(Identity.of(balancer(uid, "other"))).isEqualTo("lb-org6jev3i6uao94hdvth");
  }

  @Test
  void isOfTheNameWhereThereIsNoUid() {
    assertThat(Identity.of(balancer(null, "web")))
        .matches("lb-[0-9a-v]{20}")
        .isNotEqualTo(Identity.of(balancer(null, "other")));
  }

  @Test
  void differs() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(Identity.of(balancer("uid-" + i, "web")))).isTrue();
    }
  }
}
