package cloud.thalassa.lb.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.LocalRef;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Seat;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Ref WEB = new Ref("shop", "web");

  private final InventorySnapshot inventory =
      InventorySnapshot.of(
          List.of(
              World.loadBalancer("web"),
              World.listener("a", "web", 1, "web"),
              World.listener("b", "web", 2, "api"),
              World.listener("c", "gone", 3, "web"),
              World.group("web"),
              World.group("other"),
              World.pod("w1", "web", "10.0.0.1"),
              World.pod("o1", "other", "10.0.0.2")),
          Site.CLUSTER);

  @Test
  void aLoadBalancerIsObservedWithWhatItNeedsAndNoMore() {
    var observed = inventory.observe(inventory.loadBalancer(WEB), Site.CLUSTER, Seat.ANY);
    assertThat(observed.listeners()).extracting(l -> l.getMetadata().getName()).contains("a", "b");
    assertThat(observed.targetGroups()).containsOnlyKeys(WEB);
    assertThat(observed.pods().get(WEB)).extracting(PodTarget::name).containsExactly("w1");
  }

  @Test
  void aTargetGroupKnowsWhoUsesIt() {
    assertThat(inventory.loadBalancersUsing(WEB)).containsExactly(new Ref("shop", "gone"), WEB);
    assertThat(inventory.loadBalancersUsing(new Ref("shop", "other"))).isEmpty();
  }

  @Test
  void aSecurityGroupKnowsWhoAttachesItWhetherOrNotItExists() {
    var attaching = World.loadBalancer("api");
    attaching.setSpec(
        new LoadBalancerSpec(
            null,
            null,
            null,
            null,
            null,
            List.of(new LocalRef("office"), new LocalRef("gone"), new LocalRef("office")),
            null,
            null));
    var office = new SecurityGroup();
    office.setMetadata(World.loadBalancer("office").getMetadata());
    var with =
        InventorySnapshot.of(List.of(World.loadBalancer("web"), attaching, office), Site.CLUSTER);

    assertThat(with.loadBalancersAttaching(new Ref("shop", "office"))).containsExactly(attaching);
    assertThat(with.loadBalancersAttaching(new Ref("shop", "gone"))).containsExactly(attaching);
    assertThat(with.loadBalancersAttaching(new Ref("other", "office"))).isEmpty();
    assertThat(with.observe(attaching, Site.CLUSTER, Seat.ANY).securityGroups())
        .isEqualTo(Map.of(new Ref("shop", "office"), office));
  }

  @Test
  void listenersOfNothingAreOrphans() {
    assertThat(inventory.orphans()).extracting(l -> l.getMetadata().getName()).containsExactly("c");
  }

  @Test
  void aListenerWithoutReferencesBelongsToNothing() {
    var bare = new Listener();
    bare.setMetadata(World.listener("x", "web", 1, "web").getMetadata());
    assertThat(InventorySnapshot.of(List.of(bare), Site.CLUSTER).orphans()).isEmpty();
  }
}
