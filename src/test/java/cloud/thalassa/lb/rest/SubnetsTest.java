package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import cloud.thalassa.lb.crds.LoadBalancer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SubnetsTest {
  private static final String PATH = "/v1/subnets";
  private static final Customer CUSTOMER = new Customer("subnets");
  private static final Customer OTHER = new Customer("subnets-other");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
    OTHER.close();
  }

  private static Map<String, Object> body(String name) {
    return Bodies.with(
        Map.of(
            "name",
            name,
            "description",
            "",
            "vpcIdentity",
            CUSTOMER.vpc(),
            "cidr",
            "10.0.1.0/24",
            "labels",
            Map.of("a", "b")));
  }

  @Test
  void isMadeAndChangedAndDeleted() {
    var identity = CUSTOMER.create(PATH, body("Private A"));
    CUSTOMER
        .get(PATH + "/" + identity)
        .statusCode(200)
        .body("name", is("Private A"))
        .body("status", is("ready"))
        .body("cidr", is("10.0.1.0/24"))
        .body("type", is("IPv4"))
        .body("vpcIdentity", is(CUSTOMER.vpc()))
        .body("vpc.identity", is(CUSTOMER.vpc()))
        .body("labels.a", is("b"));
    CUSTOMER.get("/v1/vpcs/" + CUSTOMER.vpc()).body("subnets.identity", hasItem(identity));
    OTHER.get(PATH).body("identity", not(hasItem(identity)));
    CUSTOMER
        .put(PATH + "/" + identity, Map.of("name", "B", "description", "x"))
        .statusCode(200)
        .body("identity", is(identity))
        .body("name", is("B"))
        .body("cidr", is("10.0.1.0/24"));
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER.get(PATH + "/" + identity).statusCode(404);
  }

  @Test
  void takesInternalLoadBalancersAndRemembersExternalOnes() {
    var subnet = CUSTOMER.create(PATH, body("rest-both"));
    var internal =
        CUSTOMER.create(
            "/v1/loadbalancers",
            Bodies.with(Bodies.loadBalancer("inner", subnet), "internalLoadbalancer", true));
    var external = CUSTOMER.create("/v1/loadbalancers", Bodies.loadBalancer("outer", subnet));
    for (var identity : List.of(internal, external)) {
      CUSTOMER.get("/v1/loadbalancers/" + identity).body("subnetIdentity", is(subnet));
    }
    assertThat(CUSTOMER.object(LoadBalancer.class, "inner").getSpec().subnetRef().name())
        .isEqualTo("rest-both");
    assertThat(CUSTOMER.object(LoadBalancer.class, "outer").getSpec().subnetRef()).isNull();
    CUSTOMER
        .delete(PATH + "/" + subnet)
        .statusCode(409)
        .body("message", containsString("is in use by 2 load balancers"));
  }

  @Test
  void thatOfThePlatformIsNotChangedHere() {
    var identity = CUSTOMER.subnet();
    CUSTOMER.put(PATH + "/" + identity, Map.of("name", "mine")).statusCode(403);
    CUSTOMER
        .delete(PATH + "/" + identity)
        .statusCode(403)
        .body("message", containsString("provided by the platform"));
  }
}
