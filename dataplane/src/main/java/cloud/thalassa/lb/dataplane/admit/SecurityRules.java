package cloud.thalassa.lb.dataplane.admit;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.dataplane.admit.Prefixes.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules of all security groups of one load balancer, in one structure for all its listeners and
 * their ports. The first rule that matches a client decides; where none does, it is refused.
 * Immutable. IPv4-mapped IPv6 is IPv4, and {@code ::/0} matches no IPv4 client, as in {@link
 * Admission}.
 *
 * <p>Cost, for r rules with n CIDRs together: O((n + r) log (n + r)) time and O(n + r) memory to
 * make, however many listeners and ports are served with it. O(log n + d log r) to ask, d being how
 * many different CIDRs contain the client: 1 or 2 as people write rules, and at most 33 for IPv4
 * and 129 for IPv6 whatever they write. Asking allocates nothing.
 */
public final class SecurityRules {
  /** The place of no rule. */
  public static final int NONE = -1;

  private final List<SecurityRule> rules;
  private final boolean[] allows;
  private final RuleTree v4;
  private final RuleTree v6;

  private SecurityRules(List<SecurityRule> rules, RuleTree v4, RuleTree v6) {
    this.rules = rules;
    this.v4 = v4;
    this.v6 = v6;
    allows = new boolean[rules.size()];
    for (int i = 0; i < allows.length; i++) {
      allows[i] = rules.get(i).action() == RuleAction.ALLOW;
    }
  }

  /**
   * Without any rule nobody is admitted.
   *
   * @param rules in the order in which they are asked
   * @throws IllegalArgumentException with a sentence, when one of them cannot be read: who cannot
   *     say whom to admit must admit nobody
   */
  public static SecurityRules of(List<SecurityRule> rules) {
    var v4 = new TreeMap<Prefix, List<Integer>>(Prefix.WIDER_FIRST);
    var v6 = new TreeMap<Prefix, List<Integer>>(Prefix.WIDER_FIRST);
    for (int i = 0; i < rules.size(); i++) {
      check(rules.get(i));
      if (rules.get(i).sources().isEmpty()) {
        add(v4, Cidrs.EVERY_V4, i);
        add(v6, Cidrs.EVERY_V6, i);
      }
      for (var source : rules.get(i).sources()) {
        var prefix = Cidrs.parse(source);
        add(Cidrs.isV4(prefix) ? v4 : v6, prefix, i);
      }
    }
    var byPort = new HashMap<List<Integer>, FirstByPort>();
    return new SecurityRules(List.copyOf(rules), tree(v4, rules, byPort), tree(v6, rules, byPort));
  }

  /** The rules as they were given. */
  public List<SecurityRule> rules() {
    return rules;
  }

  /**
   * Whether a client may come to a port of a listener.
   *
   * @param high the client's address as two halves, IPv4 as IPv4-mapped IPv6
   */
  public boolean admit(Protocol protocol, int port, long high, long low) {
    int first = (Ip.isMapped(high, low) ? v4 : v6).first(protocol, port, high, low);
    return first != FirstByPort.NONE && allows[first];
  }

  /** The place of the rule that decides about a client; {@link #NONE}: no rule matches it. */
  public int decisive(Protocol protocol, int port, long high, long low) {
    int first = (Ip.isMapped(high, low) ? v4 : v6).first(protocol, port, high, low);
    return first == FirstByPort.NONE ? NONE : first;
  }

  @Override
  public String toString() {
    return rules.toString();
  }

  /** Files, unlike an API server, do not see to it that what is required is there. */
  private static void check(SecurityRule rule) {
    var ports = rule.ports();
    if (rule.action() == null
        || rule.protocol() == null
        || (ports != null && (ports.from() == null || ports.to() == null))) {
      throw new IllegalArgumentException(
          "rule " + rule.name() + " needs an action, a protocol, and both ends of its ports");
    }
  }

  private static void add(Map<Prefix, List<Integer>> rules, Prefix prefix, int rule) {
    rules.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(rule);
  }

  /** The many CIDRs of one rule share what it says about ports. */
  private static RuleTree tree(
      SortedMap<Prefix, List<Integer>> byPrefix,
      List<SecurityRule> rules,
      Map<List<Integer>, FirstByPort> byPort) {
    return new RuleTree(
        List.copyOf(byPrefix.keySet()),
        byPrefix.values().stream()
            .map(own -> byPort.computeIfAbsent(own, o -> FirstByPort.of(o, rules)))
            .toArray(FirstByPort[]::new));
  }
}
