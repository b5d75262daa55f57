package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import cloud.thalassa.lb.crds.SecurityGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SecurityGroupsTest {
  private static final String PATH = "/v1/security-groups";
  private static final Customer CUSTOMER = new Customer("guarded");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  @Test
  void rulesAreAnsweredAsTheyWereWritten() {
    var rules =
        List.of(
            Bodies.rule("same", "10.1.2.3/8"),
            Bodies.with(
                Bodies.with(Bodies.rule("same", ""), "remoteAddress", null), "protocol", "all"),
            Bodies.with(Bodies.rule("", "192.0.2.1"), "protocol", "icmp"));
    var identity =
        CUSTOMER.create(
            PATH, Bodies.with(Bodies.securityGroup("web", CUSTOMER.vpc()), "ingressRules", rules));
    CUSTOMER
        .get(PATH + "/" + identity)
        .statusCode(200)
        .body("ingressRules", is(rules))
        .body("egressRules", empty())
        .body("allowSameGroupTraffic", is(true))
        .body("status", is("ready"))
        .body("vpc.identity", is(CUSTOMER.vpc()));
    assertThat(CUSTOMER.object(SecurityGroup.class, "web").getSpec().ingress())
        .extracting(rule -> rule.sources().getFirst())
        .containsExactly("10.0.0.0/8", "0.0.0.0/0");
    CUSTOMER
        .get(PATH + "?vpc=" + CUSTOMER.vpc() + "&name=web")
        .body("identity", contains(identity));
  }

  @Test
  void versionGuardsAgainstLostChanges() {
    var body = Bodies.securityGroup("versions", CUSTOMER.vpc());
    var identity = CUSTOMER.create(PATH, body);
    Long version = CUSTOMER.get(PATH + "/" + identity).extract().path("objectVersion");
    CUSTOMER
        .put(PATH + "/" + identity, Bodies.with(body, "objectVersion", version))
        .statusCode(200)
        .body("objectVersion", is(version));
    var changed = Bodies.with(Bodies.with(body, "objectVersion", version), "description", "new");
    CUSTOMER.put(PATH + "/" + identity, changed).statusCode(200);
    CUSTOMER
        .put(PATH + "/" + identity, changed)
        .statusCode(409)
        .body("message", containsString("read it again"));
    CUSTOMER.put(PATH + "/" + identity, Bodies.with(changed, "objectVersion", 0)).statusCode(200);
  }

  @Test
  void rulesStayOrGo() {
    var body = Bodies.securityGroup("skipped", CUSTOMER.vpc());
    var identity = CUSTOMER.create(PATH, body);
    body.put("ingressRules", null);
    CUSTOMER
        .put(PATH + "/" + identity, Bodies.with(body, "skipRulesUpdate", true))
        .body("ingressRules", hasSize(1));
    CUSTOMER.put(PATH + "/" + identity, body).body("ingressRules", empty());
  }

  @Test
  void rulesAreWrittenInBatches() {
    var identity = CUSTOMER.create(PATH, Bodies.securityGroup("batches", CUSTOMER.vpc()));
    var rules = List.of(Bodies.rule("a", "10.0.0.0/8"), Bodies.rule("b", "192.0.2.0/24"));
    CUSTOMER
        .put(PATH + "/" + identity + "/ingress-rules/batch", Map.of("rules", rules))
        .statusCode(200)
        .body("", is(rules));
    CUSTOMER
        .put(PATH + "/" + identity + "/egress-rules/batch", Map.of("rules", rules))
        .statusCode(200)
        .body("[1].remoteAddress", is("192.0.2.0/24"));
    CUSTOMER
        .get(PATH + "/" + identity)
        .body("ingressRules", is(rules))
        .body("egressRules", is(rules));
    CUSTOMER
        .put(PATH + "/" + identity + "/ingress-rules/batch", "{\"rules\": null}")
        .statusCode(200)
        .body("", empty());
  }

  @Test
  void wrongRuleIsNamed() {
    var identity = CUSTOMER.create(PATH, Bodies.securityGroup("wrong", CUSTOMER.vpc()));
    var good = Bodies.rule("x", "10.0.0.0/8");
    var cases =
        Map.of(
            "priority", 200,
            "protocol", "sctp",
            "policy", "reject",
            "remoteAddress", "2001:db8::/32",
            "portRangeMax", 1);
    cases.forEach(
        (member, value) ->
            CUSTOMER
                .put(
                    PATH + "/" + identity + "/ingress-rules/batch",
                    Map.of("rules", List.of(good, Bodies.with(good, member, value))))
                .statusCode(400)
                .body("message", containsString("ules[1]." + member + ": ")));
  }

  @Test
  void isDeleted() {
    var identity = CUSTOMER.create(PATH, Bodies.securityGroup("gone", CUSTOMER.vpc()));
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER.get(PATH + "/" + identity).statusCode(404).body("ingressRules", nullValue());
  }
}
