package cloud.thalassa.lb.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The version of an object as HTTP has it, beside objectVersion. */
class EtagsTest {
  private static final Customer CUSTOMER = new Customer("etags");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  private static String tag(String path) {
    var answer = CUSTOMER.get(path).statusCode(200);
    var tag = "\"" + answer.extract().<Object>path("objectVersion") + "\"";
    answer.header("ETag", is(tag));
    return tag;
  }

  private static RequestSpecification insisting(String tags) {
    return CUSTOMER.as().contentType("application/json").header("If-Match", tags);
  }

  private static void isGuarded(String path, Map<String, ?> change) {
    var before = tag(path);
    for (var stale : new String[] {"\"7\"", "W/" + before, "", "x"}) {
      insisting(stale)
          .body(change)
          .put(path)
          .then()
          .statusCode(412)
          .body("message", containsString("If-Match: "))
          .body("message", containsString("is now at version " + before));
    }
    insisting("\"7\", " + before).body(change).put(path).then().statusCode(200);
    insisting(before).body(change).put(path).then().statusCode(412);
    insisting("*").body(change).put(path).then().statusCode(200).header("ETag", is(tag(path)));
    insisting(before).delete(path).then().statusCode(412);
    insisting(tag(path)).delete(path).then().statusCode(204);
  }

  @Test
  void changesAreForTheVersionThatTheyInsistOn() {
    var balancer = "/v1/loadbalancers/" + CUSTOMER.loadBalancer("guarded");
    var group = CUSTOMER.targetGroup("guarded");
    var listener =
        balancer
            + "/listeners/"
            + CUSTOMER.create(balancer + "/listeners", Bodies.listener("l", 80, "tcp", group));
    isGuarded(listener, Bodies.listener("m", 81, "tcp", group));
    CUSTOMER.create(balancer + "/listeners", Bodies.listener("stays", 82, "tcp", group));
    isGuarded(balancer, Map.of("name", "other", "description", "x"));
    isGuarded(
        "/v1/loadbalancer-target-groups/" + group,
        Bodies.with(Bodies.targetGroup("other", CUSTOMER.vpc()), "targetPort", 81));
    isGuarded(
        "/v1/security-groups/"
            + CUSTOMER.create(
                "/v1/security-groups", Bodies.securityGroup("guarded", CUSTOMER.vpc())),
        Bodies.securityGroup("other", CUSTOMER.vpc()));
    isGuarded(
        "/v1/projects/" + CUSTOMER.create("/v1/projects", Map.of("name", "guarded")),
        Map.of("name", "other"));
  }

  @Test
  void listsHaveNone() {
    CUSTOMER.get("/v1/loadbalancers").statusCode(200).header("ETag", nullValue());
  }
}
