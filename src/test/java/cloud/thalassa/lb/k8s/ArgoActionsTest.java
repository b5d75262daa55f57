package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Argo CD offers to do to our objects, run as it runs it. */
class ArgoActionsTest {
  private static final String LOAD_BALANCER = "lb.thalassa.cloud_LoadBalancer";
  private static final ArgoCustomizations ARGO = ArgoCustomizations.shipped();

  @Test
  void aLoadBalancerIsProtectedAndReleased() {
    var object = Lua.object("{kind: LoadBalancer, spec: {scheme: Internal}}");
    assertThat(ARGO.actions(LOAD_BALANCER, object))
        .isEqualTo(Map.of("protect", true, "allow-deletion", false));

    var guarded = ARGO.act(LOAD_BALANCER, "protect", object).checktable();
    assertThat(guarded.get("spec").get("deletionProtection").toboolean()).isTrue();
    assertThat(guarded.get("spec").get("scheme").tojstring()).isEqualTo("Internal");
    assertThat(ARGO.actions(LOAD_BALANCER, guarded))
        .isEqualTo(Map.of("protect", false, "allow-deletion", true));

    var released = ARGO.act(LOAD_BALANCER, "allow-deletion", guarded);
    assertThat(released.get("spec").get("deletionProtection").toboolean()).isFalse();
  }
}
