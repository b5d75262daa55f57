package cloud.thalassa.lb.kubectl.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cloud.thalassa.lb.crds.manifest.Manifest;
import cloud.thalassa.lb.kubectl.cluster.Manifests;
import cloud.thalassa.lb.kubectl.diff.Differences.Action;
import cloud.thalassa.lb.kubectl.diff.Differences.Door;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What would become of a load balancer that serves, for each thing that somebody may write. */
class ComparisonTest {
  private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");

  private static final String BALANCER =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: LoadBalancer
      metadata: {name: web}
      spec: {scheme: Internal, replicas: 2}
      """;

  private static String listener(String name, int port, String rest) {
    return """
    ---
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: Listener
    metadata: {name: %s}
    spec: {loadBalancerRef: {name: web}, protocol: TCP, port: %d, targetGroupRef: {name: web}%s}
    """
        .formatted(name, port, rest);
  }

  private static String group(String policy, int targets) {
    return """
    ---
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: TargetGroup
    metadata: {name: web}
    spec:
      protocol: TCP
      port: 8080
      policy: %s
      targets: [%s]
    """
        .formatted(
            policy,
            IntStream.rangeClosed(1, targets)
                .mapToObj(it -> "{address: 192.0.2.%d}".formatted(it))
                .collect(Collectors.joining(", ")));
  }

  private static final String PRESENT = BALANCER + listener("http", 80, "") + group("Maglev", 4);

  private static Differences diff(String written) {
    return diff(PRESENT, written);
  }

  private static Differences diff(String present, String written) {
    var world = new World(objects(present), List.of());
    return Comparison.of(world, manifests(written).written(world.objects(), NOW), List.of());
  }

  private static List<HasMetadata> objects(String yaml) {
    var written = manifests(yaml).written(List.of(), THEN);
    assertThat(written.findings()).isEmpty();
    var objects = written.manifests().values().stream().map(Manifest::object).toList();
    objects.forEach(it -> it.getMetadata().setCreationTimestamp(THEN.toString()));
    return objects;
  }

  private static Manifests manifests(String yaml) {
    return new Manifests(Map.of("new.yaml", yaml), "shop");
  }

  private static Door door(Differences differences) {
    assertThat(differences.refused()).isEmpty();
    assertThat(differences.loadBalancers()).hasSize(1);
    assertThat(differences.loadBalancers().getFirst().listeners()).hasSize(1);
    return differences.loadBalancers().getFirst().listeners().getFirst();
  }

  @Test
  void theSameIsNoChange() {
    var differences = diff(PRESENT);
    assertThat(differences.nothing()).isTrue();
    assertThat(DiffText.of(differences, false)).isEqualTo("Nothing would change.\n");
  }

  @Test
  void aNewListenerIsBound() {
    var door = door(diff(listener("https", 443, "")));
    assertThat(door.action()).isEqualTo(Action.BOUND);
    assertThat(door.name()).isEqualTo("shop/https");
    assertThat(door.ports()).isEqualTo("443/TCP");
  }

  @Test
  void anotherPortIsDrainedHereAndBoundThere() {
    var door = door(diff(listener("http", 8080, "")));
    assertThat(door.action()).isEqualTo(Action.MOVED);
    assertThat(door.left()).isEqualTo("80/TCP");
    assertThat(door.drainSeconds()).isEqualTo(300);
    assertThat(DiffText.of(diff(listener("http", 8080, "")), false))
        .contains(
            "  ~ listener shop/http moves: 80/TCP is drained (its connections have 300 s to end),"
                + " 8080/TCP is bound\n");
  }

  @Test
  void fewClientsMoveWhenATargetLeaves() {
    var differences = diff(group("Maglev", 3));
    assertThat(door(differences).movedPercent()).isCloseTo(25, within(2.5));
    assertThat(differences.loadBalancers().getFirst().targetGroups().getFirst().leaves())
        .containsExactly("192.0.2.4:8080");
    assertThat(DiffText.of(differences, false)).contains("      leaves: 192.0.2.4:8080\n");
  }

  @Test
  void otherPoliciesBindNobody() {
    var differences =
        diff(BALANCER + listener("http", 80, "") + group("RoundRobin", 4), group("RoundRobin", 3));
    assertThat(differences.loadBalancers().getFirst().listeners()).isEmpty();
    assertThat(differences.loadBalancers().getFirst().targetGroups()).hasSize(1);
  }

  @Test
  void whoLosesAccessIsNamed() {
    var open = door(diff(listener("http", 80, ", allowedSources: [10.0.0.0/8]")));
    assertThat(open.loses())
        .contains("0.0.0.0/5", "11.0.0.0/8", "::/0")
        .doesNotContain("10.0.0.0/8");
    assertThat(open.gains()).isEmpty();
    assertThat(open.but()).containsExactly("10.0.0.0/8");
    assertThat(DiffText.of(diff(listener("http", 80, ", allowedSources: [10.0.0.0/8]")), false))
        .contains("      clients that lose access: all but 10.0.0.0/8\n");
    var present =
        BALANCER
            + listener("http", 80, ", allowedSources: [10.0.0.0/8, 203.0.113.0/24]")
            + group("Maglev", 4);
    var other =
        door(
            diff(present, listener("http", 80, ", allowedSources: [10.0.0.0/9, 198.51.100.0/24]")));
    assertThat(other.loses()).containsExactly("10.128.0.0/9", "203.0.113.0/24");
    assertThat(other.gains()).containsExactly("198.51.100.0/24");
    assertThat(other.movedPercent()).isZero();
  }

  @Test
  void securityGroupsAreAsked() {
    var present =
        PRESENT.replace("replicas: 2", "replicas: 2, securityGroupRefs: [{name: doors}]")
            + doors("{name: world, priority: 20, action: Allow}");
    var written =
        doors(
            "{name: rogue, priority: 10, action: Deny, sources: [203.0.113.66/32]}, {name: world,"
                + " priority: 20, action: Allow}");
    assertThat(door(diff(present, written)).loses()).containsExactly("203.0.113.66/32");
    assertThat(
            door(diff(
                    present,
                    doors(
                        "{name: others, priority: 20, action: Allow, ports: {from: 81, to: 90}}")))
                .loses())
        .containsExactly("0.0.0.0/0", "::/0");
  }

  private static String doors(String rules) {
    return """
    ---
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: SecurityGroup
    metadata: {name: doors}
    spec: {ingress: [%s]}
    """
        .formatted(rules);
  }

  @Test
  void fieldsAreNamedWithWhatTheyWereAndWillBe() {
    var differences = diff(BALANCER.replace("replicas: 2", "replicas: 3"));
    assertThat(differences.loadBalancers().getFirst().fields()).containsExactly("replicas: 2 -> 3");
    var door = door(diff(listener("http", 80, ", idleTimeoutSeconds: 30")));
    assertThat(door.action()).isEqualTo(Action.CHANGED);
    assertThat(door.fields()).containsExactly("idleTimeoutSeconds: 6000 -> 30");
  }

  @Test
  void aNewLoadBalancerIsCreated() {
    var differences = diff("", PRESENT);
    assertThat(differences.loadBalancers().getFirst().action()).isEqualTo(Action.CREATED);
    assertThat(DiffText.of(differences, false))
        .contains("LoadBalancer shop/web would be created:\n")
        .contains("  + listener shop/http is bound: 80/TCP\n")
        .contains("  + target group shop/web is used\n");
  }

  @Test
  void whatTheApiServerWouldRefuseIsRefused() {
    var differences = diff(listener("http", 80, ", idleTimeoutSeconds: 0"));
    assertThat(differences.loadBalancers()).isEmpty();
    assertThat(differences.refused().getFirst().object()).isEqualTo("Listener shop/http");
    assertThat(differences.refused().getFirst().where()).startsWith("new.yaml:5");
    assertThat(differences.refused().getFirst().why()).startsWith("spec.idleTimeoutSeconds: ");
  }

  @Test
  void whatMayNotChangeIsRefused() {
    var differences = diff(listener("http", 80, "").replace("protocol: TCP", "protocol: UDP"));
    assertThat(differences.refused()).hasSize(1);
    assertThat(differences.refused().getFirst().why()).contains("protocol is immutable");
  }

  @Test
  void whatTheOperatorWouldRefuseIsRefused() {
    var conflict = diff(listener("second", 80, ""));
    assertThat(conflict.loadBalancers()).isEmpty();
    assertThat(conflict.refused()).hasSize(1);
    assertThat(conflict.refused().getFirst().object()).isEqualTo("Listener shop/second");
    assertThat(conflict.refused().getFirst().where()).startsWith("new.yaml:");
    var lost =
        diff(
            listener("http", 80, "")
                .replace("targetGroupRef: {name: web}", "targetGroupRef: {name: wob}"));
    assertThat(lost.refused().getFirst().why()).contains("wob");
  }

  @Test
  void whatIsBrokenAlreadyIsNobodysNews() {
    var present = PRESENT + listener("bad", 81, "").replace("{name: web}}", "{name: wob}}");
    assertThat(diff(present, group("Maglev", 4)).nothing()).isTrue();
  }
}
