package cloud.thalassa.lb.dataplane.explain;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import cloud.thalassa.lb.crds.replica.Explanation.Group;
import cloud.thalassa.lb.crds.replica.Explanation.Verdict;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.table.Documents;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The load balancer shop/web, TCP 443 to the target group shop/pods, and TCP 9999 refused. */
class ExplainerTest {
  private static final String CLIENT = "203.0.113.7:4431";
  private static final long NOW = Duration.ofMinutes(5).toNanos();

  private String rules = "";
  private String policy = "Maglev";
  private int open;
  private String problem;

  @Test
  void namesEveryRuleThatWasAskedAndTheTargetThatTheClientGets() {
    rules =
        """
          securityRules:
          - {name: office/nobody, action: Deny, protocol: UDP, sources: []}
          - {name: office/doc-net, action: Allow, protocol: TCP, sources: [203.0.113.0/24]}
          - {name: office/rest, action: Deny, protocol: All, sources: []}
        """;
    var answer = ask(CLIENT, "192.0.2.1:443");

    assertThat(answer.admitted()).isTrue();
    assertThat(answer.listener()).isEqualTo("shop/https");
    assertThat(answer.revision()).isEqualTo("r1");
    assertThat(answer.checks())
        .extracting(check -> check.name() + " " + check.verdict())
        .containsExactly(
            "allowedSources ALLOW",
            "office/nobody NO_MATCH",
            "office/doc-net ALLOW",
            "maxConnections ALLOW");
    assertThat(answer.checks().getFirst().why()).isEqualTo("203.0.113.7 is in 203.0.113.0/24");
    assertThat(answer.targetGroups())
        .containsExactly(new Group("shop/pods", SelectionPolicy.MAGLEV, 100));
    assertThat(answer.target()).isEqualTo("10.0.0.1:8443");
    assertThat(answer.summary())
        .isEqualTo("Listener shop/https admits it, to 10.0.0.1:8443 of shop/pods");
  }

  @Test
  void saysWhyTheOthersAreNoCandidates() {
    assertThat(ask(CLIENT, "192.0.2.1:443").targets())
        .extracting(Candidate::address, Candidate::candidate, Candidate::health, Candidate::why)
        .containsExactly(
            row("10.0.0.1:8443", true, HealthState.HEALTHY, "it is healthy"),
            row(
                "10.0.0.2:8443",
                false,
                HealthState.UNHEALTHY,
                "it is not healthy since 2026-11-29T12:00:00Z: connection refused"),
            row(
                "10.0.0.3:8443",
                false,
                null,
                "it is not ready, or no health checker has reported it yet"),
            row("10.0.0.4:8443", false, null, "it drains: it is terminating"),
            row("[2001:db8::5]:8443", false, null, "it drains: its weight is 0"));
  }

  @Test
  void saysWhichRuleRefuses() {
    assertThat(ask("198.51.100.1:1", "192.0.2.1:443").summary())
        .isEqualTo("198.51.100.1 is in none of the 1 allowedSources of listener shop/https");
    rules =
        """
          securityRules:
          - {name: office/rest, action: Deny, protocol: All, sources: [203.0.113.7/32]}
          - {name: office/all, action: Allow, protocol: All, sources: []}
        """;
    var denied = ask(CLIENT, "192.0.2.1:443");
    assertThat(denied.admitted()).isFalse();
    assertThat(denied.target()).isNull();
    assertThat(denied.summary()).isEqualTo("rule office/rest denies 203.0.113.7");
    rules = "  securityRules: []\n";
    assertThat(ask(CLIENT, "192.0.2.1:443").summary())
        .isEqualTo("no rule of the attached security groups allows 203.0.113.7 to TCP port 443");
  }

  @Test
  void saysThatTheListenerIsFull() {
    open = 10;
    var answer = ask(CLIENT, "192.0.2.1:443");
    assertThat(answer.checks().getLast().verdict()).isEqualTo(Verdict.DENY);
    assertThat(answer.summary())
        .isEqualTo("the listener has 10 of the 10 connections that this replica may have");
  }

  @Test
  void saysThatNobodyListensThereAndWhy() {
    assertThat(ask(CLIENT, "192.0.2.1:80").summary())
        .isEqualTo("No listener takes TCP 192.0.2.1:80. Those here take TCP 443");
    assertThat(ask(CLIENT, "192.0.2.1:9999").summary())
        .startsWith("Listener shop/broken is refused: allowedSources");
    problem = "TCP port 443 cannot be bound: Address already in use";
    var answer = ask(CLIENT, "192.0.2.1:443");
    assertThat(answer.admitted()).isFalse();
    assertThat(answer.summary()).isEqualTo("Listener shop/https is not served here: " + problem);
  }

  @Test
  void leavesToChanceWhatThePolicyLeavesToChance() {
    policy = "RoundRobin";
    assertThat(ask(CLIENT, "192.0.2.1:443").target()).isNull();
  }

  /** It must be the one that the relay would choose, or it is worth nothing. */
  @Test
  void theTargetIsTheOneThatTheRelayChooses() {
    var table = table();
    var route = table.routes().get(new ListenerKey("shop/web", "shop/https"));
    var random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      var client = InetAddress.ofLiteral("203.0.113." + i % 256);
      long high = Ip.high(client);
      long low = Ip.low(client);
      var said = route.certain(high, low, NOW);
      assertThat(route.candidates(high, low, NOW, random).next()).isSameAs(said);
      if (i % 7 == 0) {
        route.failed(said, NOW);
      }
    }
  }

  private static org.assertj.core.groups.Tuple row(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  private Explanation ask(String from, String to) {
    return new Explainer(table(), new Now(), NOW).answer(Question.parse(from, to, "tcp"));
  }

  private RoutingTable table() {
    var config =
        """
        metadata: {namespace: shop, name: web}
        spec:
          formatVersion: 1
          revision: r1
          listeners:
          - {name: shop/https, protocol: TCP, port: 443, pool: shop/pods, maxConnections: 10, idleTimeoutSeconds: 60,
             proxyProtocol: None, allowedSources: [203.0.113.0/24]}
          - {name: shop/broken, protocol: TCP, port: 9999, pool: shop/pods, maxConnections: 10, idleTimeoutSeconds: 60,
             proxyProtocol: None, allowedSources: [anybody]}
          pools:
          - {name: shop/pods, policy: %s, whenNoneHealthy: Refuse, drainTimeoutSeconds: 30, healthCheck: {protocol: TCP}}
        """
            .formatted(policy);
    var documents =
        new Documents(
            List.of(Serialization.unmarshal(config + rules, ForwardingConfig.class)),
            List.of(
                slice(
                    "a",
                    "1",
                    """
                    - {addresses: [10.0.0.1], conditions: {ready: true}}
                    - {addresses: [10.0.0.2], conditions: {ready: true}}
                    - {addresses: [10.0.0.3], conditions: {ready: true}}
                    - {addresses: [10.0.0.4], conditions: {ready: false, terminating: true}}
                    """),
                slice("b", "0", "- {addresses: ['2001:db8::5'], conditions: {ready: true}}\n")),
            List.of(
                Serialization.unmarshal(
                    metadata("a", "1")
                        + """
                        spec:
                          reporter: checker
                          summary: 1/2
                          targets:
                          - {address: 10.0.0.1, port: 8443, state: Healthy, since: '2026-11-29T11:00:00Z', reason: ok}
                          - {address: 10.0.0.2, port: 8443, state: Unhealthy, since: '2026-11-29T12:00:00Z', reason: connection refused}
                        """,
                    HealthReport.class)),
            Map.of());
    return RoutingTable.of(documents, RoutingTable.EMPTY, 0);
  }

  private static EndpointSlice slice(String name, String weight, String endpoints) {
    return Serialization.unmarshal(
        metadata(name, weight)
            + "ports: [{name: target, protocol: TCP, port: 8443}]\nendpoints:\n"
            + endpoints,
        EndpointSlice.class);
  }

  private static String metadata(String name, String weight) {
    return """
        metadata:
          namespace: shop
          name: %s
          labels:
            lb.thalassa.cloud/load-balancer: web
            lb.thalassa.cloud/target-group: pods
            lb.thalassa.cloud/target-group-namespace: shop
          annotations: {lb.thalassa.cloud/weight: '%s'}
        """
        .formatted(name, weight);
  }

  private final class Now implements Live {
    @Override
    public String problem(ListenerKey listener) {
      return problem;
    }

    @Override
    public int open(ListenerKey listener) {
      return open;
    }

    @Override
    public int open(ListenerKey listener, long sourceHigh, long sourceLow) {
      return 0;
    }
  }
}
