package cloud.thalassa.lb.dataplane.explain;

import static cloud.thalassa.lb.crds.replica.Explanation.Verdict.ALLOW;
import static cloud.thalassa.lb.crds.replica.Explanation.Verdict.DENY;
import static cloud.thalassa.lb.crds.replica.Explanation.Verdict.NO_MATCH;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.replica.Explanation.Check;
import cloud.thalassa.lb.crds.replica.Explanation.Verdict;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.dataplane.admit.Admission;
import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.admit.SecurityRules;
import cloud.thalassa.lb.dataplane.table.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate of a listener asks, in its order, up to what refuses. How fast a source comes is
 * not among it: nobody knows when the next one does.
 */
final class Checks {
  private final Route route;
  private final Question question;
  private final Live live;
  private final String client;
  private final long high;
  private final long low;
  private final List<Check> made = new ArrayList<>();

  Checks(Route route, Question question, Live live) {
    this.route = route;
    this.question = question;
    this.live = live;
    var address = question.from().address();
    this.client = Ip.text(address);
    this.high = Ip.high(address);
    this.low = Ip.low(address);
  }

  static boolean admit(List<Check> checks) {
    return checks.isEmpty() || checks.getLast().verdict() == ALLOW;
  }

  List<Check> made() {
    if (trusted()) {
      maxConnections();
    } else if (allowedSources() && securityRules() && maxConnections()) {
      maxConnectionsPerSource();
    }
    return made;
  }

  private boolean trusted() {
    var proxies = route.trustedProxies();
    return proxies != null
        && route.protocol() == Protocol.TCP
        && proxies.admits(high, low)
        && said(
            "acceptProxyProtocol",
            ALLOW,
            "%s is an upstream that names its client in a PROXY header, and that client is what is"
                    .formatted(client)
                + " checked then: ask again from there");
  }

  private boolean allowedSources() {
    var sources = route.admission().sources();
    if (sources.isEmpty()) {
      return true;
    }
    var first =
        sources.stream()
            .filter(source -> Admission.of(List.of(source)).admits(high, low))
            .findFirst();
    return first
        .map(source -> said("allowedSources", ALLOW, "%s is in %s".formatted(client, source)))
        .orElseGet(
            () ->
                said(
                    "allowedSources",
                    DENY,
                    "%s is in none of the %d allowedSources of listener %s"
                        .formatted(client, sources.size(), route.key().listener())));
  }

  private boolean securityRules() {
    var rules = route.securityRules();
    if (rules == null) {
      return true;
    }
    int decisive = rules.decisive(route.protocol(), question.to().port(), high, low);
    int asked = decisive == SecurityRules.NONE ? rules.rules().size() : decisive;
    for (var rule : rules.rules().subList(0, asked)) {
      said(rule.name(), NO_MATCH, "it is about other clients, ports or protocols");
    }
    if (decisive == SecurityRules.NONE) {
      return said(
          "securityGroups",
          DENY,
          "no rule of the attached security groups allows %s to %s port %d"
              .formatted(client, route.protocol(), question.to().port()));
    }
    var rule = rules.rules().get(decisive);
    boolean allows = rule.action() == RuleAction.ALLOW;
    return said(
        rule.name(),
        allows ? ALLOW : DENY,
        "rule %s %s %s".formatted(rule.name(), allows ? "allows" : "denies", client));
  }

  private boolean maxConnections() {
    return limit("maxConnections", route.maxConnections(), live.open(route.key()), "the listener");
  }

  private boolean maxConnectionsPerSource() {
    return limit(
        "maxConnectionsPerSource",
        route.maxConnectionsPerSource(),
        live.open(route.key(), high, low),
        client);
  }

  private boolean limit(String field, int most, int open, String whose) {
    if (most == 0) {
      return true;
    }
    return said(
        field,
        open < most ? ALLOW : DENY,
        "%s has %d of the %d connections that this replica may have".formatted(whose, open, most));
  }

  private boolean said(String name, Verdict verdict, String why) {
    made.add(new Check(name, verdict, why));
    return verdict == ALLOW;
  }
}
