package cloud.thalassa.lb.crds.replica;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final long SECOND = 1_000_000_000L;

  private static Reading reading(long seconds, int connections, String meters) {
    return Reading.of(
        seconds * SECOND,
        meters,
        List.of(
            new Candidate(
                "shop/web",
                "10.0.0.7:8080",
                true,
                1,
                connections,
                HealthState.HEALTHY,
                null,
                "it is healthy")));
  }

  private static String meters(int open, int closed, int reset, int refused, long bytes) {
    return """
    # HELP thalassa_lb_connections_open live connections
    # TYPE thalassa_lb_connections_open gauge
    thalassa_lb_connections_open{listener="shop/http",load_balancer="shop/web"} %d
    thalassa_lb_connections_total{listener="shop/http",load_balancer="shop/web",reason="ClientClosed"} %d
    thalassa_lb_connections_total{listener="shop/http",load_balancer="shop/web",reason="TargetReset"} %d
    thalassa_lb_rejections_total{listener="shop/http",load_balancer="shop/web",reason="NotAllowed"} %d.0
    thalassa_lb_bytes_total{direction="ToTarget",listener="shop/http",load_balancer="shop/web"} %d
    thalassa_lb_bytes_total{direction="ToClient",listener="shop/http",load_balancer="shop/web"} NaN
    thalassa_lb_selections_total{load_balancer="shop/web",target_group="shop/web"} %d
    jvm_memory_used_bytes{area="heap"} 1.0E7
    """
        .formatted(open, closed, reset, refused, bytes, closed);
  }

  private static Traffic between(Map<String, Reading> before, Map<String, Reading> after) {
    return Traffic.between(
        "shop/web", before, after, 0, List.of("shop/http", "shop/quiet"), List.of("shop/web"));
  }

  @Test
  void replicasAreAddedUp() {
    var traffic =
        between(
            Map.of(
                "a",
                reading(0, 3, meters(3, 0, 0, 0, 0)),
                "b",
                reading(0, 0, meters(0, 7, 0, 1, 0))),
            Map.of(
                "a", reading(2, 5, meters(5, 10, 0, 0, 4000)),
                "b", reading(2, 1, meters(1, 7, 2, 9, 0))));
    var door = traffic.listeners().getFirst();
    assertThat(door.connections()).isEqualTo(6);
    assertThat(door.ended()).isEqualTo(6.0);
    assertThat(door.opened()).isEqualTo(7.5);
    assertThat(door.bytesToTarget()).isEqualTo(2000.0);
    assertThat(door.bytesToClient()).isZero();
    assertThat(door.errors()).isEqualTo(5.0);
    assertThat(door.mostly()).isEqualTo("NotAllowed");
    assertThat(traffic.listeners().getLast().name()).isEqualTo("shop/quiet");
    assertThat(traffic.targets()).extracting(Traffic.Target::connections).containsExactly(6L);
    assertThat(traffic.targetGroups().getFirst().chosen()).isEqualTo(5.0);
    assertThat(traffic.targetGroups().getFirst().connectMillis()).isNull();
  }

  @Test
  void aReplicaThatCountsFromZeroAgainGivesNoNegativeRate() {
    var door =
        between(
                Map.of("a", reading(0, 0, meters(9, 900, 0, 0, 5_000_000))),
                Map.of("a", reading(2, 0, meters(1, 4, 0, 0, 200))))
            .listeners()
            .getFirst();
    assertThat(door.ended()).isEqualTo(2.0);
    assertThat(door.bytesToTarget()).isEqualTo(100.0);
    assertThat(door.opened()).isZero();
  }

  @Test
  void aReplicaThatIsNewAddsWhatItHasAndNoRates() {
    var door =
        between(Map.of(), Map.of("new", reading(2, 1, meters(4, 900, 0, 0, 99))))
            .listeners()
            .getFirst();
    assertThat(door.connections()).isEqualTo(4);
    assertThat(door.ended()).isZero();
  }
}
