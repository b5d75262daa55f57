package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.RuleBody;
import cloud.thalassa.lb.crds.PortRange;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import cloud.thalassa.lb.crds.SecurityGroupSpec.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Single rules of security groups. */
final class Rules {
  private static final int LAST_PORT = 65535;
  private static final String ALL_V4 = "0.0.0.0/0";
  private static final String ALL_V6 = "::/0";

  private Rules() {}

  /** Refuses what is no rule of any direction. */
  static void check(String field, @Nullable RuleBody rule) {
    if (rule == null) {
      throw Refusal.invalid(field, "is null, and must be a rule");
    }
    Text.bounded(field + ".name", rule.name(), 255);
    Text.oneOf(field + ".ipVersion", rule.ipVersion(), List.of("ipv4", "ipv6"));
    Text.oneOf(field + ".protocol", rule.protocol(), List.of("all", "tcp", "udp", "icmp"));
    Text.oneOf(field + ".policy", rule.policy(), List.of("allow", "drop"));
    Text.oneOf(field + ".remoteType", rule.remoteType(), List.of("address", "securitygroup"));
    Text.within(field + ".priority", number(rule.priority()), 1, 199);
    int first = Text.within(field + ".portRangeMin", number(rule.portRangeMin()), 0, LAST_PORT);
    int last = Text.within(field + ".portRangeMax", number(rule.portRangeMax()), 0, LAST_PORT);
    if (first > last) {
      throw Refusal.invalid(
          field + ".portRangeMax",
          "%d is smaller than portRangeMin, which is %d".formatted(last, first));
    }
    if ("address".equalsIgnoreCase(rule.remoteType())) {
      network(field, rule);
    }
  }

  /** Empty: a rule about nothing that a load balancer relays. */
  static Optional<Rule> kind(String field, int index, RuleBody rule) {
    check(field, rule);
    if ("securityGroup".equalsIgnoreCase(rule.remoteType())) {
      throw Refusal.invalid(
          field + ".remoteType",
          "a load balancer knows its clients by their addresses alone: use address");
    }
    var protocol = word(rule.protocol());
    if (protocol.equals("icmp")) {
      return Optional.empty();
    }
    int first = number(rule.portRangeMin());
    int last = number(rule.portRangeMax());
    boolean all = protocol.equals("all") || (first == 0 && last == 0);
    return Optional.of(
        new Rule(
            name(index, rule),
            number(rule.priority()),
            word(rule.policy()).equals("allow") ? RuleAction.ALLOW : RuleAction.DENY,
            switch (protocol) {
              case "tcp" -> RuleProtocol.TCP;
              case "udp" -> RuleProtocol.UDP;
              default -> RuleProtocol.ALL;
            },
            all ? null : new PortRange(Math.max(first, 1), last),
            List.of(network(field, rule))));
  }

  private static String name(int index, RuleBody rule) {
    var given = rule.name() == null ? "" : rule.name();
    return (index + 1) + "-" + Names.label(given.isBlank() ? "rule" : given, 50);
  }

  /** Without an address: everybody of that family. */
  private static String network(String field, RuleBody rule) {
    var given = rule.remoteAddress();
    boolean v6 = word(rule.ipVersion()).equals("ipv6");
    if (given == null || given.isBlank()) {
      return v6 ? ALL_V6 : ALL_V4;
    }
    var network = Networks.network(field + ".remoteAddress", given);
    if (Networks.ipv6(network) != v6) {
      throw Refusal.invalid(
          field + ".remoteAddress",
          "%s is no network of %s".formatted(Text.quoted(given), word(rule.ipVersion())));
    }
    return network;
  }

  /** One rule for each of its networks. */
  static List<RuleBody> derived(Rule rule) {
    return rule.sources().isEmpty()
        ? List.of(derived(rule, ALL_V4), derived(rule, ALL_V6))
        : rule.sources().stream().map(source -> derived(rule, source)).toList();
  }

  private static RuleBody derived(Rule rule, String source) {
    var ports = rule.ports();
    return new RuleBody(
        rule.name(),
        Networks.ipv6(source) ? "ipv6" : "ipv4",
        rule.protocol().name().toLowerCase(Locale.ROOT),
        rule.priority(),
        "address",
        source,
        null,
        ports == null ? 0 : ports.from(),
        ports == null ? 0 : ports.to(),
        rule.action() == RuleAction.ALLOW ? "allow" : "drop");
  }

  private static String word(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static int number(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
