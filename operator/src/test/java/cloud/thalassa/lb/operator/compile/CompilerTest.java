package cloud.thalassa.lb.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What golden files cannot show: how one meaning relates to another. */
class CompilerTest {
  @Test
  void equalInputHasEqualMeaning() {
    assertThat(compile(world(3))).isEqualTo(compile(world(3)));
  }

  @Test
  void membersDoNotChangeTheRevision() {
    assertThat(revision(compile(world(3)))).isEqualTo(revision(compile(world(4))));
  }

  @Test
  void everyValueOfTheDocumentChangesTheRevision() {
    var objects = world(1);
    var before = revision(compile(objects));
    var listener = World.listener("l", "web", 443, "web");
    var spec = listener.getSpec();
    listener.setSpec(
        new ListenerSpec(
            spec.loadBalancerRef(),
            spec.protocol(),
            spec.port(),
            spec.endPort(),
            spec.targetGroupRef(),
            spec.weightedTargetGroups(),
            spec.maxConnections(),
            5_999,
            spec.allowedSources(),
            spec.maxConnectionsPerSource(),
            spec.newConnectionsPerSourcePerSecond(),
            spec.proxyProtocol(),
            spec.acceptProxyProtocol()));
    objects.set(1, listener);
    assertThat(revision(compile(objects))).isNotEqualTo(before).matches("[0-9a-f]{12}");
  }

  @Test
  void onePodOfAThousandTouchesOneSlice() {
    var before = compile(world(1_000)).slices();
    var after = compile(world(1_001)).slices();
    assertThat(after).hasSizeGreaterThan(10);
    assertThat(after.stream().filter(slice -> !before.contains(slice))).hasSize(1);
  }

  @Test
  void theNetworksOfAllListenersFitInOneDocument() {
    var objects = world(1);
    for (int i = 0; i < 40; i++) {
      var listener = World.listener("m%02d".formatted(i), "web", 1000 + i, "web");
      listener.setSpec(World.from(listener.getSpec(), Collections.nCopies(256, "10.0.0.0/8")));
      objects.add(listener);
    }
    var listeners = compile(objects).listeners();
    assertThat(listeners.get(new Ref("shop", "m31")).accepted()).isTrue();
    assertThat(listeners.get(new Ref("shop", "m32")).problems())
        .extracting(Verdict.Problem::reason)
        .containsExactly(Reason.LIMIT_EXCEEDED);
  }

  @Test
  void whatIsNotThereIsNoReasonToThrow() {
    var bare = new LoadBalancer();
    bare.setMetadata(World.loadBalancer("web").getMetadata());
    var group = World.group("web");
    group.setSpec(null);
    var compiled = compile(List.of(bare, World.listener("l", "web", 443, "web"), group));
    assertThat(compiled.loadBalancer().accepted()).isTrue();
    assertThat(compiled.listeners().get(new Ref("shop", "l")).problems())
        .extracting(Verdict.Problem::reason)
        .containsExactly(Reason.INVALID);
    assertThat(compiled.config().getSpec().listeners()).isEmpty();
  }

  private static String revision(Compiled compiled) {
    return compiled.config().getSpec().revision();
  }

  private static Compiled compile(List<HasMetadata> objects) {
    var inventory = InventorySnapshot.of(objects, Site.CLUSTER);
    return Compiler.compile(
        inventory.observe(inventory.loadBalancer(new Ref("shop", "web")), Site.CLUSTER, Seat.ANY));
  }

  private static List<HasMetadata> world(int pods) {
    var objects = new ArrayList<HasMetadata>();
    objects.add(World.loadBalancer("web"));
    objects.add(World.listener("l", "web", 443, "web"));
    objects.add(World.group("web"));
    for (int i = 0; i < pods; i++) {
      objects.add(World.pod("p" + i, "web", "10.0.%d.%d".formatted(i / 250, i % 250 + 1)));
    }
    return objects;
  }
}
