package cloud.thalassa.lb.rest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bodies as clients send them, to be changed by tests. */
final class Bodies {
  private Bodies() {}

  static Map<String, Object> loadBalancer(String name, String subnet) {
    var body = new HashMap<String, Object>();
    body.put("name", name);
    body.put("description", "");
    body.put("subnet", subnet);
    body.put("internalLoadbalancer", false);
    body.put("deleteProtection", false);
    body.put("listeners", null);
    return body;
  }

  static Map<String, Object> listener(String name, int port, String protocol, String group) {
    return with(
        Map.of(
            "name", name,
            "description", "",
            "port", port,
            "protocol", protocol,
            "targetGroup", group));
  }

  static Map<String, Object> targetGroup(String name, String vpc) {
    return with(
        Map.of(
            "name", name, "description", "", "vpc", vpc, "targetPort", 30080, "protocol", "tcp"));
  }

  static Map<String, Object> securityGroup(String name, String vpc) {
    return with(
        Map.of(
            "name",
            name,
            "description",
            "",
            "vpcIdentity",
            vpc,
            "allowSameGroupTraffic",
            true,
            "ingressRules",
            List.of(rule("tcp-443", "0.0.0.0/0")),
            "egressRules",
            List.of()));
  }

  static Map<String, Object> rule(String name, String source) {
    var rule = new HashMap<String, Object>();
    rule.put("name", name);
    rule.put("ipVersion", "ipv4");
    rule.put("protocol", "tcp");
    rule.put("priority", 100);
    rule.put("remoteType", "address");
    rule.put("remoteAddress", source);
    rule.put("remoteSecurityGroupIdentity", null);
    rule.put("portRangeMin", 443);
    rule.put("portRangeMax", 443);
    rule.put("policy", "allow");
    return rule;
  }

  /** The same, and changeable. */
  static Map<String, Object> with(Map<String, Object> body) {
    return new HashMap<>(body);
  }

  static Map<String, Object> with(Map<String, Object> body, String member, Object value) {
    var next = new HashMap<>(body);
    next.put(member, value);
    return next;
  }
}
