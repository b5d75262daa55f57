package cloud.thalassa.lb.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.ListenerReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastChange;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastFailover;
import cloud.thalassa.lb.crds.TargetGroupStatus;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Observed;
import cloud.thalassa.lb.operator.compile.OffLimits;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Seat;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import cloud.thalassa.lb.operator.compile.World;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusesTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private static final Fleet FLEET =
      new Fleet(2, 1, 1, List.of(new Address("203.0.113.1", "VIP")), null, null, null);

  private final InventorySnapshot inventory =
      InventorySnapshot.of(
          List.of(
              World.loadBalancer("web"),
              World.listener("l", "web", 443, "web"),
              World.group("web")),
          Site.CLUSTER);
  private final Observed observed =
      inventory.observe(inventory.loadBalancer(new Ref("shop", "web")), Site.CLUSTER, Seat.ANY);
  private final Compiled compiled = Compiler.compile(observed);

  @Test
  void nothingNewIsAnEqualStatus() {
    var statuses = Statuses.of(observed, compiled, FLEET, List.of(report(1, null)));
    var listener = observed.listeners().getFirst();
    var before = statuses.listener(listener, null, THEN);
    assertThat(statuses.listener(listener, before, NOW)).isEqualTo(before);
    var loadBalancer = statuses.loadBalancer(null, THEN);
    assertThat(statuses.loadBalancer(loadBalancer, NOW)).isEqualTo(loadBalancer);
    var group = group(null, THEN);
    assertThat(group(group, NOW)).isEqualTo(group);
  }

  @Test
  void onlyTheConditionThatTurnsGetsANewTime() {
    var listener = observed.listeners().getFirst();
    var before = Statuses.of(observed, compiled, FLEET, List.of()).listener(listener, null, THEN);
    var after =
        Statuses.of(observed, compiled, FLEET, List.of(report(1, null)))
            .listener(listener, before, NOW);
    assertThat(after.conditions())
        .extracting(Condition::getType, Condition::getStatus, Condition::getLastTransitionTime)
        .containsExactly(
            tuple("Accepted", "True", "2026-01-01T00:00:00Z"),
            tuple("ResolvedRefs", "True", "2026-01-01T00:00:00Z"),
            tuple("Programmed", "True", "2026-01-01T00:10:00Z"),
            tuple("Ready", "True", "2026-01-01T00:10:00Z"));
  }

  @Test
  void anotherReasonForTheSameStatusKeepsTheTime() {
    var listener = observed.listeners().getFirst();
    var before = Statuses.of(observed, compiled, FLEET, List.of()).listener(listener, null, THEN);
    var after =
        Statuses.of(observed, compiled, FLEET, List.of(report(0, "port 443 is taken")))
            .listener(listener, before, NOW);
    assertThat(after.conditions().get(2).getReason()).isEqualTo("PortUnavailable");
    assertThat(after.conditions().get(2).getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void connectionsAreCountedToATenth() {
    var listener = observed.listeners().getFirst();
    var before = with(100).listener(listener, null, THEN);
    assertThat(before.activeConnections()).isEqualTo(100);
    assertThat(with(110).listener(listener, before, NOW)).isEqualTo(before);
    assertThat(with(112).listener(listener, before, NOW).activeConnections()).isEqualTo(112);
    assertThat(with(89).listener(listener, before, NOW).activeConnections()).isEqualTo(89);
    var one = with(1).listener(listener, null, THEN);
    assertThat(with(0).listener(listener, one, NOW).activeConnections()).isZero();
  }

  private Statuses with(long connections) {
    return Statuses.of(observed, compiled, FLEET, List.of(report(connections, null)));
  }

  @Test
  void everyConditionSaysWhichGenerationItJudged() {
    var statuses = Statuses.of(observed, compiled, FLEET, List.of());
    assertThat(statuses.loadBalancer(null, NOW).conditions())
        .extracting(Condition::getObservedGeneration)
        .containsOnly(1L);
    assertThat(statuses.loadBalancer(null, NOW).observedGeneration()).isEqualTo(1);
  }

  @Test
  void anAddressThatIsRefusedIsTheReasonEvenWhileReplicasServe() {
    var refused =
        new Fleet(
            2,
            1,
            1,
            FLEET.addresses(),
            null,
            new Problem(
                ConditionType.ACCEPTED,
                Reason.ADDRESS_NOT_AVAILABLE,
                "10.0.0.1 is already allocated"),
            null);
    var statuses = Statuses.of(observed, compiled, refused, List.of(report(1, null)));
    assertThat(statuses.loadBalancer(null, NOW).conditions())
        .extracting(Condition::getType, Condition::getReason, Condition::getMessage)
        .contains(
            tuple("Accepted", "AddressNotAvailable", "10.0.0.1 is already allocated"),
            tuple("Ready", "AddressNotAvailable", "10.0.0.1 is already allocated"));
  }

  @Test
  void aDocumentThatIsHeldBackIsTheReasonWhileWhatServesGoesOn() {
    var why = new Problem(ConditionType.PROGRAMMED, Reason.LIMIT_EXCEEDED, "It is too large.");
    var same = compiled.heldBack(compiled.config(), why);
    var statuses = Statuses.of(observed, same, FLEET, List.of(report(1, null)));
    var loadBalancer = statuses.loadBalancer(null, NOW);
    assertThat(loadBalancer.conditions())
        .extracting(Condition::getType, Condition::getReason)
        .containsExactly(
            tuple("Accepted", "Accepted"),
            tuple("Programmed", "LimitExceeded"),
            tuple("Ready", "LimitExceeded"));
    assertThat(loadBalancer.listeners().summary()).isEqualTo("1/1");

    var nothing = compiled.heldBack(null, why);
    var waiting = Statuses.of(observed, nothing, FLEET, List.of());
    assertThat(waiting.listener(observed.listeners().getFirst(), null, NOW).conditions())
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .containsExactly(
            tuple("Accepted", "True", "Accepted"),
            tuple("ResolvedRefs", "True", "ResolvedRefs"),
            tuple("Programmed", "False", "LimitExceeded"),
            tuple("Ready", "False", "LimitExceeded"));
  }

  @Test
  void podsThatTheClusterRefusesAreTheReasonWhyThereAreNoReplicas() {
    var refused = new Fleet(2, 0, 0, FLEET.addresses(), null, null, "exceeded quota: pods=2");
    var statuses = Statuses.of(observed, compiled, refused, List.of());
    var sentence = "No replica of LoadBalancer shop/web is running: exceeded quota: pods=2.";
    assertThat(statuses.loadBalancer(null, NOW).conditions())
        .extracting(Condition::getType, Condition::getReason, Condition::getMessage)
        .contains(tuple("Ready", "NoReplicas", sentence));
    assertThat(statuses.listener(observed.listeners().getFirst(), null, NOW).conditions())
        .extracting(Condition::getType, Condition::getMessage)
        .contains(tuple("Ready", sentence));
  }

  @Test
  void theLastChangeIsTheNewestThatAllServeAndCountsWhatItCut() {
    var revision = compiled.config().getSpec().revision();
    var none = Statuses.of(observed, compiled, FLEET, List.of(report(1, null)));
    assertThat(none.loadBalancer(null, NOW).lastChange()).isNull();

    var first = change(Duration.ofMillis(42), 0).loadBalancer(null, NOW);
    assertThat(first.lastChange()).isEqualTo(new LastChange(revision, 42, 0, "4bf9"));
    var later = change(null, 3).loadBalancer(first, NOW);
    assertThat(later.lastChange()).isEqualTo(new LastChange(revision, 42, 3, "4bf9"));
    assertThat(change(null, 1).loadBalancer(later, NOW).lastChange())
        .as("a replica takes its count with it")
        .isEqualTo(later.lastChange());
  }

  @Test
  void aChangeThatNotAllServeYetLeavesTheOneBefore() {
    var before = statusWith(new LastChange("earlier", 7, 1, null), null);
    assertThat(change(null, 0).loadBalancer(before, NOW).lastChange())
        .isEqualTo(before.lastChange());
  }

  @Test
  void aFailoverIsRemembered() {
    var news =
        new News(
            null,
            null,
            new News.Failover("Replica a is dead: refused.", NOW.minusMillis(90), null));
    var after = Statuses.of(observed, compiled, FLEET, List.of(), news).loadBalancer(null, NOW);
    assertThat(after.lastFailover())
        .isEqualTo(new LastFailover("Replica a is dead: refused.", 90, NOW.toString()));
    assertThat(change(null, 0).loadBalancer(after, NOW).lastFailover())
        .isEqualTo(after.lastFailover());
  }

  @Test
  void aFailoverThatIsToldLaterWasWhenItWas() {
    var earlier = NOW.minusSeconds(15);
    var failover = new News.Failover("Replica a is dead.", earlier.minusMillis(90), earlier);
    var news = new News(null, null, failover);
    assertThat(
            Statuses.of(observed, compiled, FLEET, List.of(), news)
                .loadBalancer(null, NOW)
                .lastFailover())
        .isEqualTo(new LastFailover("Replica a is dead.", 90, earlier.toString()));
  }

  private Statuses change(Duration applied, long reset) {
    var report = report(1, null);
    var spec = report.getSpec();
    report.setSpec(
        new DataplaneReportSpec(
            spec.revision(), spec.phase(), spec.problem(), reset, null, spec.listeners()));
    return Statuses.of(observed, compiled, FLEET, List.of(report), new News(applied, "4bf9", null));
  }

  private static LoadBalancerStatus statusWith(LastChange change, LastFailover failover) {
    return new LoadBalancerStatus(1L, null, List.of(), null, null, change, failover, List.of());
  }

  private TargetGroupStatus group(TargetGroupStatus previous, Instant now) {
    var group = inventory.targetGroup(new Ref("shop", "web"));
    return TargetGroupStatuses.of(
        group, inventory.podsOf(group), OffLimits.of(Site.CLUSTER), true, List.of(), previous, now);
  }

  private DataplaneReport report(long connections, String problem) {
    var report = new DataplaneReport();
    report.setSpec(
        new DataplaneReportSpec(
            compiled.config().getSpec().revision(),
            Phase.SERVING,
            null,
            0,
            null,
            List.of(new ListenerReport("shop/l", connections, problem))));
    return report;
  }
}
