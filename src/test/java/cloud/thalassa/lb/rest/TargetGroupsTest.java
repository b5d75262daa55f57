package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TargetGroupsTest {
  private static final String PATH = "/v1/loadbalancer-target-groups";
  private static final Customer CUSTOMER = new Customer("groups");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  @Test
  void emptyOneIsAGroupToo() {
    var identity = CUSTOMER.targetGroup("empty");
    CUSTOMER
        .get(PATH + "/" + identity)
        .statusCode(200)
        .body("vpc.identity", is(CUSTOMER.vpc()))
        .body("organisation.identity", is(CUSTOMER.organisation))
        .body("targetPort", is(30080))
        .body("protocol", is("tcp"))
        .body("targetSelector", nullValue())
        .body("enableProxyProtocol", nullValue())
        .body("loadbalancingPolicy", nullValue())
        .body("healthCheck", nullValue())
        .body("loadbalancerListeners", empty())
        .body("loadbalancerTargetGroupAttachments", empty());
  }

  @Test
  void absentMembersStayOrGoAsClientsExpect() {
    var body = Bodies.targetGroup("full", CUSTOMER.vpc());
    body.put("targetSelector", Map.of("app", "web"));
    body.put("enableProxyProtocol", true);
    body.put("loadbalancingPolicy", "ROUND_ROBIN");
    body.put("labels", Map.of("a", "b"));
    body.put(
        "healthCheck",
        Map.of(
            "protocol", "http",
            "port", 30080,
            "path", "/healthz",
            "periodSeconds", 10,
            "timeoutSeconds", 20,
            "unhealthyThreshold", 3,
            "healthyThreshold", 2));
    var identity = CUSTOMER.create(PATH, body);
    CUSTOMER
        .get(PATH + "/" + identity)
        .body("healthCheck.timeoutSeconds", is(20))
        .body("healthCheck.protocol", is("http"))
        .body("loadbalancingPolicy", is("ROUND_ROBIN"));
    assertThat(CUSTOMER.object(TargetGroup.class, "full").getSpec().healthCheck().timeoutSeconds())
        .as("not longer than the interval")
        .isEqualTo(10);
    CUSTOMER
        .put(PATH + "/" + identity, Bodies.targetGroup("full", CUSTOMER.vpc()))
        .statusCode(200)
        .body("healthCheck", nullValue())
        .body("labels", is(Map.of()))
        .body("targetSelector.app", is("web"))
        .body("enableProxyProtocol", is(true))
        .body("loadbalancingPolicy", is("ROUND_ROBIN"));
  }

  @Test
  void zerosOfAHealthCheckAreDefaults() {
    var zeros =
        Map.of(
            "protocol", "TCP",
            "port", 80,
            "path", "/x",
            "periodSeconds", 0,
            "timeoutSeconds", 0,
            "unhealthyThreshold", 0,
            "healthyThreshold", 0);
    CUSTOMER
        .post(PATH, Bodies.with(Bodies.targetGroup("zeros", CUSTOMER.vpc()), "healthCheck", zeros))
        .statusCode(201)
        .body("healthCheck.protocol", is("tcp"));
  }

  @Test
  void whatKubectlChangesWins() {
    var identity =
        CUSTOMER.create(
            PATH,
            Bodies.with(
                Bodies.targetGroup("edited", CUSTOMER.vpc()), "loadbalancingPolicy", "RANDOM"));
    CUSTOMER
        .client()
        .resource(CUSTOMER.object(TargetGroup.class, "edited"))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"policy\":\"Maglev\",\"drainTimeoutSeconds\":7}}");
    await()
        .untilAsserted(
            () -> CUSTOMER.get(PATH + "/" + identity).body("loadbalancingPolicy", is("MAGLEV")));
    CUSTOMER.put(PATH + "/" + identity, Bodies.targetGroup("edited", CUSTOMER.vpc()));
    var spec = CUSTOMER.object(TargetGroup.class, "edited").getSpec();
    assertThat(spec.drainTimeoutSeconds()).isEqualTo(7);
    CUSTOMER.get(PATH + "/" + identity).body("loadbalancingPolicy", is("MAGLEV"));
  }

  @Test
  void listIsFilteredByLabelsAndVpc() {
    var body = Bodies.targetGroup("labelled", CUSTOMER.vpc());
    body.put("labels", Map.of("k8s.thalassa.cloud/kubernetes-cluster", "c1", "x", "y"));
    var identity = CUSTOMER.create(PATH, body);
    CUSTOMER
        .get(
            PATH
                + "?vpc="
                + CUSTOMER.vpc()
                + "&matchLabels[k8s.thalassa.cloud/kubernetes-cluster]=c1&matchLabels[x]=y")
        .body("identity", contains(identity));
    CUSTOMER.get(PATH + "?matchLabels[x]=z").body("", empty());
    CUSTOMER.get(PATH + "?vpc=vpc-other").body("identity", not(hasItem(identity)));
  }

  @Test
  void wrongFieldIsNamed() {
    var body = Bodies.targetGroup("wrong", CUSTOMER.vpc());
    var cases =
        Map.of(
            "targetPort", 0,
            "protocol", "sctp",
            "loadbalancingPolicy", "BEST",
            "name", "",
            "targetSelector", Map.of("a b", "c"));
    cases.forEach(
        (member, value) ->
            CUSTOMER
                .post(PATH, Bodies.with(body, member, value))
                .statusCode(400)
                .body("message", containsString(member + ": ")));
    CUSTOMER
        .post(
            PATH,
            Bodies.with(body, "healthCheck", Map.of("protocol", "http", "periodSeconds", 301)))
        .statusCode(400)
        .body("message", is("healthCheck.periodSeconds: 301 is not within 0..300"));
  }

  @Test
  void isDeletedUnlessAListenerLeadsToIt() {
    var identity = CUSTOMER.targetGroup("used");
    var balancer =
        CUSTOMER.create(
            "/v1/loadbalancers",
            Bodies.with(
                Bodies.loadBalancer("user", CUSTOMER.subnet()),
                "listeners",
                List.of(Bodies.listener("http", 80, "tcp", identity))));
    CUSTOMER
        .delete(PATH + "/" + identity)
        .statusCode(409)
        .body("message", containsString("is in use by 1 listeners"));
    CUSTOMER.delete("/v1/loadbalancers/" + balancer).statusCode(204);
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER.get(PATH + "/" + identity).statusCode(404);
  }
}
