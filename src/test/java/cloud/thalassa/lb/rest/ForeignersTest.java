package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every operation, tried with the identities of another organisation: to it nothing is there. */
class ForeignersTest {
  private static final Customer OWNER = new Customer("owner");
  private static final Customer STRANGER = new Customer("stranger");

  @AfterAll
  static void leave() {
    OWNER.close();
    STRANGER.close();
  }

  @Test
  void nothingOfOthersIsThere() {
    var balancer = OWNER.loadBalancer("mine");
    var group = OWNER.targetGroup("mine");
    var listeners = "/v1/loadbalancers/" + balancer + "/listeners";
    var listener = OWNER.create(listeners, Bodies.listener("l", 80, "tcp", group));
    var guard = OWNER.create("/v1/security-groups", Bodies.securityGroup("mine", OWNER.vpc()));
    var subnetBody =
        Map.of(
            "name", "mine", "vpcIdentity", OWNER.vpc(), "cidr", "10.0.0.0/24", "description", "");
    var subnet = OWNER.create("/v1/subnets", subnetBody);
    String slug = OWNER.get("/v1/loadbalancers/" + balancer).extract().path("slug");
    var paths =
        List.of(
            "/v1/loadbalancers/" + balancer,
            "/v1/loadbalancers/" + slug,
            listeners + "/" + listener,
            "/v1/loadbalancer-target-groups/" + group,
            "/v1/security-groups/" + guard,
            "/v1/subnets/" + subnet,
            "/v1/vpcs/" + OWNER.vpc(),
            "/v1/vpcs/" + OWNER.namespace);
    var body =
        Map.of(
            "name",
            "stolen",
            "port",
            81,
            "protocol",
            "tcp",
            "targetPort",
            81,
            "targetGroup",
            group,
            "vpcCidrs",
            List.of());
    for (var path : paths) {
      STRANGER.get(path).statusCode(404);
      STRANGER.put(path, body).statusCode(404);
      STRANGER.delete(path).statusCode(404);
      OWNER.get(path).statusCode(200);
    }
    STRANGER.get(listeners).statusCode(404);
    for (var view : List.of("health", "explain?from=192.0.2.1:1&to=192.0.2.2:80")) {
      STRANGER.get("/v1/loadbalancers/" + balancer + "/" + view).statusCode(404);
    }
    STRANGER.post(listeners, body).statusCode(404);
    for (var action : List.of("attach", "attachments")) {
      STRANGER
          .post("/v1/loadbalancer-target-groups/" + group + "/" + action, Map.of())
          .statusCode(404);
    }
    STRANGER.delete("/v1/loadbalancer-target-groups/" + group + "/detach/x").statusCode(404);
    for (var direction : List.of("ingress", "egress")) {
      STRANGER
          .put("/v1/security-groups/" + guard + "/" + direction + "-rules/batch", "{}")
          .statusCode(404);
    }
    for (var list : List.of("loadbalancers", "loadbalancer-target-groups", "security-groups")) {
      STRANGER.get("/v1/" + list).statusCode(200).body("", empty());
    }
    STRANGER.get("/v1/subnets").body("identity", not(hasItem(subnet)));
    STRANGER.get("/v1/vpcs").body("identity", not(hasItem(OWNER.vpc())));
    STRANGER.get("/v1/machines?vpc=" + OWNER.vpc()).body("", empty());
  }

  @Test
  void nothingOfOthersCanBeNamed() {
    var group = OWNER.targetGroup("named");
    var guard = OWNER.create("/v1/security-groups", Bodies.securityGroup("named", OWNER.vpc()));
    STRANGER.post("/v1/loadbalancers", Bodies.loadBalancer("x", OWNER.subnet())).statusCode(404);
    STRANGER
        .post(
            "/v1/loadbalancers",
            Bodies.with(
                Bodies.loadBalancer("x", STRANGER.subnet()),
                "securityGroupAttachments",
                List.of(guard)))
        .statusCode(404);
    STRANGER
        .post("/v1/loadbalancer-target-groups", Bodies.targetGroup("x", OWNER.vpc()))
        .statusCode(404);
    STRANGER.post("/v1/security-groups", Bodies.securityGroup("x", OWNER.vpc())).statusCode(404);
    STRANGER
        .post("/v1/subnets", Map.of("name", "x", "vpcIdentity", OWNER.vpc(), "cidr", "10.0.0.0/24"))
        .statusCode(404);
    var balancer = STRANGER.loadBalancer("x");
    STRANGER
        .post(
            "/v1/loadbalancers/" + balancer + "/listeners", Bodies.listener("x", 80, "tcp", group))
        .statusCode(404);
    STRANGER
        .put("/v1/loadbalancers/" + balancer, Map.of("name", "x", "subnet", OWNER.subnet()))
        .statusCode(404);
  }

  @Test
  void listenersOfOthersOnOurLoadBalancerAreNotShown() {
    var balancer = OWNER.loadBalancer("pointed-at");
    STRANGER.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: intruder}
        spec:
          loadBalancerRef: {name: pointed-at, namespace: %s}
          protocol: TCP
          port: 4711
          targetGroupRef: {name: none}
        """
            .formatted(OWNER.namespace));
    OWNER.get("/v1/loadbalancers/" + balancer + "/listeners").statusCode(200).body("", empty());
  }

  @Test
  void databaseShowsRowsOfOneOrganisationOnly() throws SQLException {
    var database = OWNER.api.database;
    assertThat(database.seenBy(OWNER.organisation, "select identity from organisation"))
        .containsExactly(OWNER.organisation);
    assertThat(database.seenBy(OWNER.organisation, "select organisation from membership"))
        .containsOnly(OWNER.organisation);
    assertThat(database.seenBy("", "select identity from organisation")).isEmpty();
    assertThat(database.seenBy(STRANGER.organisation, "select hash from token")).isEmpty();
  }
}
