package cloud.thalassa.lb.dataplane.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.PortRange;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityRulesTest {
  @Test
  void nobodyIsAdmittedWithoutARule() {
    assertThat(admits(List.of(), Protocol.TCP, 80, "192.0.2.1")).isFalse();
    assertThat(admits(List.of(), Protocol.UDP, 53, "2001:db8::1")).isFalse();
  }

  /** In words: action protocol ports sources. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Allow All 1-65535                           | TCP 80 192.0.2.1    | true",
        "Allow All 1-65535                           | UDP 80 2001:db8::1  | true",
        "Allow TCP 443-443                           | TCP 443 192.0.2.1   | true",
        "Allow TCP 443-443                           | TCP 442 192.0.2.1   | false",
        "Allow TCP 443-443                           | TCP 444 192.0.2.1   | false",
        "Allow TCP 443-443                           | UDP 443 192.0.2.1   | false",
        "Allow UDP 53-53                             | UDP 53 192.0.2.1    | true",
        "Allow UDP 53-53                             | TCP 53 192.0.2.1    | false",
        "Allow TCP 1-65535                           | TCP 1 192.0.2.1     | true",
        "Allow TCP 1-65535                           | TCP 65535 192.0.2.1 | true",
        "Allow All 1-65535 10.0.0.0/8                | TCP 80 10.1.2.3     | true",
        "Allow All 1-65535 10.0.0.0/8                | TCP 80 11.1.2.3     | false",
        "Allow All 1-65535 0.0.0.0/0                 | TCP 80 10.1.2.3     | true",
        "Allow All 1-65535 0.0.0.0/0                 | TCP 80 2001:db8::1  | false",
        "Allow All 1-65535 ::/0                      | TCP 80 2001:db8::1  | true",
        "Allow All 1-65535 ::/0                      | TCP 80 10.1.2.3     | false",
        "Allow All 1-65535 ::/1                      | TCP 80 10.1.2.3     | false",
        "Allow All 1-65535 ::ffff:10.0.0.0/104       | TCP 80 10.1.2.3     | true",
        "Deny All 1-65535                            | TCP 80 10.1.2.3     | false",
        // the first that matches decides, however wide it is
        "Deny All 1-65535 10.1.0.0/16;Allow All 1-65535                   | TCP 80 10.1.2.3 | false",
        "Deny All 1-65535 10.1.0.0/16;Allow All 1-65535                   | TCP 80 10.2.2.3 | true",
        "Allow All 1-65535;Deny All 1-65535 10.1.0.0/16                   | TCP 80 10.1.2.3 | true",
        "Allow All 1-65535 10.1.2.0/24;Deny All 1-65535 10.1.0.0/16;Allow All 1-65535 | TCP 80 10.1.2.3 | true",
        "Allow All 1-65535 10.1.2.0/24;Deny All 1-65535 10.1.0.0/16;Allow All 1-65535 | TCP 80 10.1.3.3 | false",
        "Deny TCP 81-90 10.1.0.0/16;Allow All 80-85                       | TCP 80 10.1.2.3 | true",
        "Deny TCP 81-90 10.1.0.0/16;Allow All 80-85                       | TCP 81 10.1.2.3 | false",
        "Deny TCP 81-90 10.1.0.0/16;Allow All 80-85                       | UDP 81 10.1.2.3 | true",
        "Deny TCP 81-90 10.1.0.0/16;Allow All 80-85                       | TCP 86 10.2.2.3 | false",
        // two sources of one rule, one within the other
        "Allow All 1-65535 10.0.0.0/8,10.1.0.0/16                         | TCP 80 10.1.2.3 | true",
        "Allow All 1-65535 10.0.0.0/8,10.1.0.0/16                         | TCP 80 10.2.2.3 | true",
      })
  void theFirstRuleThatMatchesDecides(String rules, String client, boolean admitted) {
    var words = client.strip().split(" ");
    var parsed = Arrays.stream(rules.split(";")).map(SecurityRulesTest::rule).toList();
    assertThat(admits(parsed, Protocol.valueOf(words[0]), Integer.parseInt(words[1]), words[2]))
        .isEqualTo(admitted);
  }

  @Test
  void refusesWhatItCannotReadInASentence() {
    assertThatThrownBy(() -> SecurityRules.of(List.of(rule("Allow All 1-2 10.0.0.1/8"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"10.0.0.1/8\" is not a CIDR");
    var incomplete =
        new SecurityRule("web/http", RuleAction.ALLOW, null, null, List.of("10.0.0.0/8"));
    assertThatThrownBy(() -> SecurityRules.of(List.of(incomplete)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule web/http needs an action, a protocol, and both ends of its ports");
  }

  @Test
  void agreesWithTheDefinitionForManyRulesOfBothFamilies() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 60; round++) {
      var rules =
          IntStream.range(0, 1 + random.nextInt(60)).mapToObj(_ -> anyRule(random)).toList();
      var made = SecurityRules.of(rules);
      for (int i = 0; i < 500; i++) {
        var protocol = random.nextBoolean() ? Protocol.TCP : Protocol.UDP;
        int port = 1 + random.nextInt(20);
        var client = InetAddress.ofLiteral(anyAddress(random, random.nextBoolean()));
        assertThat(made.admit(protocol, port, Ip.high(client), Ip.low(client)))
            .as("%s %s %s of %s", protocol, port, client, rules)
            .isEqualTo(byDefinition(rules, protocol, port, client));
      }
    }
  }

  /** As many as fit into one load balancer: 16 groups, each on other ports. */
  @Test
  void holdsAsMuchAsAllGroupsOfALoadBalancerMaySay() {
    var rules = new ArrayList<SecurityRule>();
    for (int i = 0; i < 3200; i++) {
      var sources = new ArrayList<String>();
      for (int n = 0; n < 5; n++) {
        int number = 5 * i + n;
        sources.add("10.%d.%d.0/24".formatted(number >> 8, number & 255));
      }
      rules.add(
          new SecurityRule(
              "g/r" + i,
              RuleAction.ALLOW,
              RuleProtocol.TCP,
              new PortRange(1 + i, 30_000 + i),
              sources));
    }
    var made = SecurityRules.of(rules);
    for (int i = 0; i < 3200; i += 100) {
      var client = "10.%d.%d.9".formatted((5 * i + 2) >> 8, (5 * i + 2) & 255);
      assertThat(admits(made, Protocol.TCP, 1 + i, client)).isTrue();
      assertThat(admits(made, Protocol.TCP, 30_000 + i, client)).isTrue();
      assertThat(admits(made, Protocol.TCP, i, client)).isFalse();
      assertThat(admits(made, Protocol.TCP, 30_001 + i, client)).isFalse();
    }
  }

  private static boolean byDefinition(
      List<SecurityRule> rules, Protocol protocol, int port, InetAddress client) {
    for (var rule : rules) {
      var ports = rule.ports();
      if (rule.protocol().covers(protocol)
          && (ports == null || (ports.from() <= port && port <= ports.to()))
          && Admission.of(rule.sources()).admits(client)) {
        return rule.action() == RuleAction.ALLOW;
      }
    }
    return false;
  }

  private static SecurityRule anyRule(SplittableRandom random) {
    int from = 1 + random.nextInt(20);
    return new SecurityRule(
        "g/r",
        random.nextBoolean() ? RuleAction.ALLOW : RuleAction.DENY,
        RuleProtocol.values()[random.nextInt(3)],
        random.nextInt(4) == 0 ? null : new PortRange(from, from + random.nextInt(10)),
        IntStream.range(0, random.nextInt(4)).mapToObj(_ -> anyCidr(random)).toList());
  }

  private static String anyCidr(SplittableRandom random) {
    boolean v4 = random.nextBoolean();
    int length = random.nextInt(v4 ? 33 : 129);
    var bytes = InetAddress.ofLiteral(anyAddress(random, v4)).getAddress();
    for (int bit = length; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + length;
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** Few bits differ, so that rules and clients meet. */
  private static String anyAddress(SplittableRandom random, boolean v4) {
    return v4
        ? "10.%d.0.%d".formatted(random.nextInt(3), random.nextInt(4))
        : "2001:db8:%x::%x".formatted(random.nextInt(3), random.nextInt(4));
  }

  private static SecurityRule rule(String text) {
    var words = text.strip().split(" ");
    var ports = words[2].split("-");
    return new SecurityRule(
        "web/rule",
        words[0].equals("Allow") ? RuleAction.ALLOW : RuleAction.DENY,
        words[1].equals("All") ? RuleProtocol.ALL : RuleProtocol.valueOf(words[1]),
        words[2].equals("1-65535")
            ? null
            : new PortRange(Integer.parseInt(ports[0]), Integer.parseInt(ports[1])),
        words.length < 4 ? List.of() : List.of(words[3].split(",")));
  }

  private static boolean admits(
      List<SecurityRule> rules, Protocol protocol, int port, String client) {
    return admits(SecurityRules.of(rules), protocol, port, client);
  }

  private static boolean admits(SecurityRules rules, Protocol protocol, int port, String client) {
    var address = InetAddress.ofLiteral(client);
    return rules.admit(protocol, port, Ip.high(address), Ip.low(address));
  }
}
