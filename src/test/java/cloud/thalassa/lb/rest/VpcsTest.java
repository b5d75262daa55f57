package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** VPCs, which are namespaces, and the region that they are in. */
class VpcsTest {
  private static final String PATH = "/v1/vpcs";
  private static final Customer CUSTOMER = new Customer("vpcs");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  private static Map<String, Object> body(String name) {
    return Bodies.with(
        Map.of(
            "name",
            name,
            "description",
            "d",
            "labels",
            Map.of("env", "prod"),
            "cloudRegionIdentity",
            Api.REGION,
            "vpcCidrs",
            List.of("10.0.0.0/16", "10.1.0.0/16")));
  }

  @Test
  void isMadeAndChangedAndDeleted() {
    var identity = CUSTOMER.create(PATH, body("My VPC"));
    String namespace =
        CUSTOMER
            .get(PATH + "/" + identity)
            .statusCode(200)
            .body("name", is("My VPC"))
            .body("status", is("ready"))
            .body("labels.env", is("prod"))
            .body("cidrs", contains("10.0.0.0/16", "10.1.0.0/16"))
            .body("cloudRegion.slug", is(Api.REGION))
            .body("organisation.identity", is(CUSTOMER.organisation))
            .body("subnets.labels.'kubernetes.io/role/lb'", hasItem("true"))
            .extract()
            .path("slug");
    CUSTOMER.get(PATH).body("identity", hasItem(identity));
    CUSTOMER
        .put(PATH + "/" + namespace, Bodies.with(body("Renamed"), "labels", Map.of()))
        .statusCode(200)
        .body("identity", is(identity))
        .body("name", is("Renamed"))
        .body("slug", is(namespace));
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    var answer = CUSTOMER.get(PATH + "/" + identity);
    answer.statusCode(anyOf(is(200), is(404)));
    if (answer.extract().statusCode() == 200) {
      answer.body("status", is("deleting"));
    }
  }

  @Test
  void labelsOfClientsGiveANamespaceNoRights() {
    var identity =
        CUSTOMER.create(
            PATH,
            Bodies.with(
                body("sly"),
                "labels",
                Map.of("pod-security.kubernetes.io/enforce", "privileged", "tenant", "true")));
    String namespace = CUSTOMER.get(PATH + "/" + identity).extract().path("slug");
    assertThat(CUSTOMER.client().namespaces().withName(namespace).get().getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
        .doesNotContainKey("tenant");
    CUSTOMER
        .post(
            PATH,
            Bodies.with(
                body("slyer"), "labels", Map.of("lb.thalassa.cloud/organisation", "o-other")))
        .statusCode(400)
        .body("message", containsString("reserved"));
  }

  @Test
  void oneThatIsInUseOrOfTheAdministratorsStays() {
    var identity = CUSTOMER.create(PATH, body("used"));
    var group =
        CUSTOMER.create("/v1/loadbalancer-target-groups", Bodies.targetGroup("in-it", identity));
    CUSTOMER
        .delete(PATH + "/" + identity)
        .statusCode(409)
        .body("message", containsString("still holds 1 "));
    CUSTOMER.delete("/v1/loadbalancer-target-groups/" + group);
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER
        .delete(PATH + "/" + CUSTOMER.vpc())
        .statusCode(409)
        .body("message", containsString("administrators"));
  }

  @Test
  void unknownRegionAndBadNetworkAreNamed() {
    CUSTOMER
        .post(PATH, Bodies.with(body("x"), "cloudRegionIdentity", "us-01"))
        .statusCode(404)
        .body("message", containsString("cloudRegionIdentity: "));
    CUSTOMER
        .post(PATH, Bodies.with(body("x"), "vpcCidrs", List.of("10.0.0.0/16", "10.0.0.0/99")))
        .statusCode(400)
        .body("message", containsString("vpcCidrs[1]: "));
    CUSTOMER.get(PATH + "/").statusCode(404);
    CUSTOMER.get(PATH + "/nobody").statusCode(404);
  }

  @Test
  void thereIsOneRegion() {
    String identity =
        CUSTOMER
            .get("/v1/regions")
            .statusCode(200)
            .body("slug", contains(Api.REGION))
            .body("zones[0].slug", hasItem("zone-a"))
            .body("zones[0][0].CloudRegion.slug", is(Api.REGION))
            .extract()
            .path("[0].identity");
    CUSTOMER.get("/v1/regions/" + identity).statusCode(200).body("slug", is(Api.REGION));
    CUSTOMER.get("/v1/regions/" + Api.REGION).body("identity", is(identity));
    CUSTOMER.get("/v1/regions/us-01").statusCode(404);
  }
}
