package cloud.thalassa.lb.dataplane.listen;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Entry;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.table.Documents;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenPlanTest {
  @Test
  void newListenerIsBound() {
    var plan = ListenPlan.of(table(entry("a", 80)), Set.of());

    assertThat(plan.bind()).containsExactly(binding("a", 80));
    assertThat(plan.keep()).isEmpty();
    assertThat(plan.release()).isEmpty();
  }

  @Test
  void sameListenerIsKept() {
    var plan = ListenPlan.of(table(entry("a", 80)), Set.of(binding("a", 80)));

    assertThat(plan)
        .isEqualTo(new ListenPlan(Set.of(binding("a", 80)), List.of(), Set.of(), Map.of()));
  }

  @Test
  void removedListenerIsReleased() {
    var plan = ListenPlan.of(table(), Set.of(binding("a", 80)));

    assertThat(plan.release()).containsExactly(binding("a", 80));
  }

  @Test
  void changedPortIsOneToBindAndOneToRelease() {
    var plan = ListenPlan.of(table(entry("a", 81)), Set.of(binding("a", 80)));

    assertThat(plan.bind()).containsExactly(binding("a", 81));
    assertThat(plan.release()).containsExactly(binding("a", 80));
  }

  @Test
  void whoServesAPortKeepsIt() {
    var plan = ListenPlan.of(table(entry("a", 80), entry("b", 80)), Set.of(binding("b", 80)));

    assertThat(plan.keep()).containsExactly(binding("b", 80));
    assertThat(plan.bind()).isEmpty();
    assertThat(plan.refused())
        .containsExactly(
            Map.entry(
                binding("a", 80),
                "TCP 192.0.2.1:80 is served by listener ns/b of load balancer ns/lb in the same"
                    + " process; choose another port or address"));
  }

  @Test
  void ofNewcomersTheFirstByNameGetsAPort() {
    var plan = ListenPlan.of(table(entry("b", 80), entry("a", 80)), Set.of());

    assertThat(plan.bind()).containsExactly(binding("a", 80));
    assertThat(plan.refused()).containsOnlyKeys(binding("b", 80));
  }

  @Test
  void portThatPassesToAnotherListenerIsBoundByIt() {
    var plan = ListenPlan.of(table(entry("b", 80)), Set.of(binding("a", 80)));

    assertThat(plan.bind()).containsExactly(binding("b", 80));
    assertThat(plan.release()).containsExactly(binding("a", 80));
  }

  static Binding binding(String name, int port) {
    return new Binding(
        new ListenerKey("ns/lb", "ns/" + name),
        Protocol.TCP,
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), port));
  }

  static Entry entry(String name, int port) {
    return new Entry(
        "ns/" + name,
        Protocol.TCP,
        port,
        null,
        "ns/p",
        List.of(),
        0,
        0,
        0,
        60,
        List.of(),
        ProxyProtocol.NONE,
        List.of());
  }

  static RoutingTable table(Entry... entries) {
    var config = new ForwardingConfig();
    config.setMetadata(new ObjectMetaBuilder().withNamespace("ns").withName("lb").build());
    config.setSpec(
        new ForwardingConfigSpec(
            ForwardingConfigSpec.FORMAT_VERSION,
            "1",
            List.of("192.0.2.1"),
            List.of(entries),
            List.of(
                new ForwardingConfigSpec.Pool(
                    "ns/p", SelectionPolicy.RANDOM, WhenNoneHealthy.REFUSE, 0, 0, null)),
            null));
    return RoutingTable.of(
        new Documents(List.of(config), List.of(), List.of(), Map.of()), RoutingTable.EMPTY, 0);
  }
}
