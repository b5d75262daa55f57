package cloud.thalassa.lb.dataplane.explain;

import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import cloud.thalassa.lb.dataplane.table.Member;
import cloud.thalassa.lb.dataplane.table.Membership;
import cloud.thalassa.lb.dataplane.table.Pool;
import cloud.thalassa.lb.dataplane.table.PoolKey;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who of a target group can get a connection, and why the others cannot. */
final class Candidacies {
  private final RoutingTable table;
  private final Route route;
  private final int port;
  private final long now;

  /**
   * @param port of the listener, to which the client comes
   */
  Candidacies(RoutingTable table, Route route, int port, long now) {
    this.table = table;
    this.route = route;
    this.port = port;
    this.now = now;
  }

  /** Candidates first, in the order of addresses. */
  List<Candidate> all() {
    return route.split().shares().stream()
        .flatMap(share -> Stream.ofNullable(share.pool()).flatMap(pool -> of(pool, share.weight())))
        .sorted(
            Comparator.comparing((Candidate it) -> !it.candidate())
                .thenComparing(Candidate::address))
        .toList();
  }

  private Stream<Candidate> of(Pool pool, int weight) {
    return pool.members().values().stream().map(member -> candidate(pool, weight, member));
  }

  /**
   * @param weight of the pool
   */
  private Candidate candidate(Pool pool, int weight, Member member) {
    var target = member.target();
    var key = new PoolKey(route.key().loadBalancer(), pool.name());
    var said = table.verdict(key, target.address());
    return new Candidate(
        pool.name(),
        Explainer.place(route, target, port),
        weight > 0 && member.membership() == Membership.SERVING,
        member.weight(),
        target.active(),
        member.verdict(),
        said == null || member.verdict() == null ? null : said.since(),
        weight == 0 ? "its target group gets nothing: its weight is 0" : why(pool, member, said));
  }

  private String why(Pool pool, Member member, @Nullable TargetHealth said) {
    return switch (member.membership()) {
      case SERVING -> serves(pool, member);
      case UNHEALTHY -> unhealthy(member, said);
      case DRAINING ->
          member.weight() == 0 ? "it drains: its weight is 0" : "it drains: it is terminating";
      case GONE -> "it has left";
    };
  }

  private String serves(Pool pool, Member member) {
    if (member.target().isOut(now)) {
      return "it is tried last for a while, because it could not be connected";
    }
    int percent =
        pool.selector().members().stream()
            .filter(it -> it.target().equals(member.target()))
            .mapToInt(it -> it.slowStart().percent(now))
            .findFirst()
            .orElse(100);
    var condition =
        member.failedOpen()
            ? "nobody is healthy, and then everybody serves"
            : member.verdict() == HealthState.HEALTHY ? "it is healthy" : "it is ready";
    return percent == 100
        ? condition
        : "%s, and has %d %% of its share so far".formatted(condition, percent);
  }

  /** Only a pool with a health check has verdicts; one without goes by readiness. */
  private static String unhealthy(Member member, @Nullable TargetHealth said) {
    if (member.verdict() == null) {
      return "it is not ready, or no health checker has reported it yet";
    }
    var state = member.verdict() == HealthState.INITIAL ? "not checked yet" : "not healthy";
    return said == null
        ? "it is " + state
        : "it is %s since %s: %s".formatted(state, said.since(), said.reason());
  }
}
