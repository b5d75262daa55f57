package cloud.thalassa.lb.dataplane.table;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.dataplane.select.SlowStart;
import cloud.thalassa.lb.dataplane.select.Target;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PoolTest {
  private final Cluster cluster = new Cluster();
  private RoutingTable table = RoutingTable.EMPTY;

  @Test
  void readinessDecidesWithoutACheck() {
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2 unready", "10.0.0.3 leaving");
    cluster.slice("z", 0, "10.0.0.4");

    assertThat(memberships())
        .containsEntry("10.0.0.1", Membership.SERVING)
        .containsEntry("10.0.0.2", Membership.UNHEALTHY)
        .containsEntry("10.0.0.3", Membership.DRAINING)
        .containsEntry("10.0.0.4", Membership.DRAINING);
    assertThat(serving()).containsExactly("10.0.0.1");
  }

  @Test
  void theReportDecidesWithACheckWhateverTheReadiness() {
    cluster.checked = true;
    cluster.slice(
        "s", 1, "10.0.0.1 unready", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5 leaving");
    cluster.report(
        "s", "1", "10.0.0.1 Healthy", "10.0.0.2 Unhealthy", "10.0.0.3 Initial", "10.0.0.5 Healthy");

    assertThat(serving()).containsExactly("10.0.0.1");
    assertThat(memberships()).containsEntry("10.0.0.5", Membership.DRAINING);
  }

  @Test
  void failsOpenToEverybodyWhoDoesNotLeave() {
    cluster.checked = true;
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2 unready", "10.0.0.3 leaving");
    cluster.slice("z", 0, "10.0.0.4");
    cluster.report("s", "1", "10.0.0.1 Unhealthy");

    assertThat(serving()).containsExactly("10.0.0.1", "10.0.0.2");

    cluster.whenNoneHealthy = WhenNoneHealthy.REFUSE;
    assertThat(serving()).isEmpty();
    assertThat(memberships()).containsEntry("10.0.0.1", Membership.UNHEALTHY);
  }

  @Test
  void healthThatNobodyReportsAnyMoreStaysAsItWas() {
    cluster.checked = true;
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2");
    cluster.report("s", "1", "10.0.0.1 Healthy", "10.0.0.2 Unhealthy");
    assertThat(serving()).containsExactly("10.0.0.1");

    cluster.reports.clear();
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2", "10.0.0.3");

    assertThat(serving()).containsExactly("10.0.0.1");
  }

  @Test
  void anAddressKeepsItsHealthWhileItMovesToAnotherSlice() {
    cluster.checked = true;
    cluster.slice("r", 1, "10.0.0.1", "10.0.0.2");
    cluster.report("r", "1", "10.0.0.1 Healthy", "10.0.0.2 Healthy");
    serving();
    var target = targetOf("10.0.0.2");

    cluster.slice("r", 1, "10.0.0.1").slice("r1", 1, "10.0.0.2");
    cluster.report("r", "1", "10.0.0.1 Healthy");

    assertThat(serving()).containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(targetOf("10.0.0.2")).isSameAs(target);
  }

  @Test
  void theNewestOfTwoVerdictsCounts() {
    cluster.checked = true;
    cluster.whenNoneHealthy = WhenNoneHealthy.REFUSE;
    cluster.slice("r", 1, "10.0.0.1");
    cluster.report("r", "2026-01-01T00:00:02Z", "10.0.0.1 Unhealthy");
    cluster.report("r1", "2026-01-01T00:00:01Z", "10.0.0.1 Healthy");

    assertThat(serving()).isEmpty();
  }

  @Test
  void whileTwoSlicesHoldAnAddressTheOneThatServesCounts() {
    cluster.slice("a", 0, "10.0.0.1", "10.0.0.2").slice("b", 5, "10.0.0.1", "10.0.0.2 leaving");
    cluster.slice("c", 2, "10.0.0.1");

    assertThat(memberships())
        .containsEntry("10.0.0.1", Membership.SERVING)
        .containsEntry("10.0.0.2", Membership.DRAINING);
    assertThat(pool().selector().members()).extracting(m -> m.weight()).containsExactly(5);
  }

  @Test
  void aTargetWithConnectionsIsTheSameWhenItComesBack() {
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2");
    serving();
    var busy = targetOf("10.0.0.1");
    var idle = targetOf("10.0.0.2");
    busy.opened();

    cluster.slice("s", 1);
    assertThat(pool().membership(busy)).isEqualTo(Membership.GONE);
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2");

    assertThat(pool().membership(busy)).isEqualTo(Membership.SERVING);
    assertThat(targetOf("10.0.0.1")).isSameAs(busy);
    assertThat(targetOf("10.0.0.2")).as("nobody knows it any more").isNotSameAs(idle);
  }

  @Test
  void membersAreInTheOrderOfTheirAddresses() {
    cluster.slice("b", 1, "10.0.0.10", "9.0.0.1").slice("a", 2, "10.0.0.9", "200.0.0.1");

    assertThat(serving()).containsExactly("9.0.0.1", "10.0.0.9", "10.0.0.10", "200.0.0.1");
  }

  @Test
  void whoIsNewOrRecoveredStartsSlowlyAndTheFirstTableIsWarm() {
    cluster.slowStartSeconds = 60;
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2 unready");
    assertThat(starts()).containsExactly(SlowStart.WARM);

    cluster.now = 7;
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2", "10.0.0.3");
    var since7 = new SlowStart(7, 60_000_000_000L);
    assertThat(starts()).containsExactly(SlowStart.WARM, since7, since7);

    cluster.now = 8;
    cluster.slice("s", 1, "10.0.0.1 unready", "10.0.0.2", "10.0.0.3", "10.0.0.4");
    var since8 = new SlowStart(8, 60_000_000_000L);
    assertThat(starts()).containsExactly(since7, since7, since8);

    cluster.now = 9;
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
    assertThat(starts()).containsExactly(new SlowStart(9, 60_000_000_000L), since7, since7, since8);
    var unchanged = table;
    cluster.now = 10;
    pool();
    assertThat(table).isSameAs(unchanged);
  }

  @Test
  void whoServesKeepsItsBeginningWhenTheTimeChanges() {
    pool();
    cluster.now = 7;
    cluster.slice("s", 1, "10.0.0.1");
    assertThat(starts()).as("not asked for").containsExactly(SlowStart.WARM);

    cluster.now = 8;
    cluster.slowStartSeconds = 10;
    assertThat(starts()).containsExactly(new SlowStart(7, 10_000_000_000L));
  }

  private List<SlowStart> starts() {
    return pool().selector().members().stream().map(m -> m.slowStart()).toList();
  }

  private Pool pool() {
    table = cluster.table(table);
    return table.routes().get(Cluster.HTTP).split().pools().toList().getFirst();
  }

  private List<String> serving() {
    return pool().selector().members().stream()
        .map(m -> m.target().address().getAddress().getHostAddress())
        .toList();
  }

  private TreeMap<String, Membership> memberships() {
    var memberships = new TreeMap<String, Membership>();
    pool()
        .members()
        .forEach((a, m) -> memberships.put(a.getAddress().getHostAddress(), m.membership()));
    return memberships;
  }

  private Target targetOf(String address) {
    return table
        .routes()
        .get(Cluster.HTTP)
        .split()
        .pools()
        .toList()
        .getFirst()
        .members()
        .values()
        .stream()
        .map(Member::target)
        .filter(t -> t.address().getAddress().getHostAddress().equals(address))
        .findFirst()
        .orElseThrow();
  }
}
