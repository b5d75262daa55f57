package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import cloud.thalassa.lb.crds.Listener;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Making, changing and deleting, with the same words as in REST. */
class ConsoleFormsTest {
  private static final Customer CUSTOMER = new Customer("fills-in");
  private static final Signed SIGNED = Signed.in(CUSTOMER);

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  private static String identity(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String error(String field, String words) {
    return "id=\"error-" + field + "\">" + words;
  }

  @Test
  void aFormOfNoSessionIsNotRead() {
    var name = Map.of("name", "forged", "subnet", CUSTOMER.subnet(), "stamp", "");
    SIGNED.post("/console/loadbalancers/new", name).then().statusCode(403);
    var other = Map.of("name", "forged", "stamp", Signed.in(CUSTOMER).stamp());
    SIGNED
        .post("/console/loadbalancers/new", other)
        .then()
        .statusCode(403)
        .body(containsString("not made for your session"));
    CUSTOMER.get("/v1/loadbalancers?name=forged").body("", hasSize(0));
  }

  @Test
  void aLoadBalancerIsMadeWithItsFirstListener() {
    var group = CUSTOMER.targetGroup("first");
    var made =
        SIGNED
            .post(
                "/console/loadbalancers/new",
                Map.of(
                    "name", "shop",
                    "subnet", CUSTOMER.subnet(),
                    "deleteProtection", "on",
                    "labels", "team=web\nstage=live",
                    "port", "443",
                    "protocol", "tcp",
                    "targetGroup", group))
            .then()
            .statusCode(303)
            .extract()
            .header("Location");
    var path = "/v1/loadbalancers/" + identity(made);
    CUSTOMER
        .get(path)
        .body("name", is("shop"))
        .body("deleteProtection", is(true))
        .body("labels", is(Map.of("team", "web", "stage", "live")))
        .body("loadbalancerListeners[0].name", is("tcp-443"))
        .body("loadbalancerListeners[0].port", is(443));
    SIGNED
        .post("/console/loadbalancers/" + identity(made) + "/delete", Map.of())
        .then()
        .statusCode(409)
        .body(containsString("is protected from deletion"));
    CUSTOMER.get(path).statusCode(200);
    SIGNED
        .post(
            "/console/loadbalancers/" + identity(made) + "/edit",
            Map.of("name", "shop", "subnet", CUSTOMER.subnet(), "objectVersion", version(path)))
        .then()
        .statusCode(303);
    SIGNED
        .post("/console/loadbalancers/" + identity(made) + "/delete", Map.of())
        .then()
        .statusCode(303);
  }

  @Test
  void whatIsWrongStandsBesideItsField() {
    SIGNED
        .post(
            "/console/loadbalancers/new",
            Map.of("name", "kept-text", "subnet", CUSTOMER.subnet(), "port", "70000"))
        .then()
        .statusCode(400)
        .body(containsString(error("port", "70000 is not within 1..65535")))
        .body(containsString("value=\"kept-text\""));
    SIGNED
        .post("/console/target-groups/new", Map.of("name", "x", "targetPort", "eighty"))
        .then()
        .statusCode(400)
        .body(containsString(error("targetPort", "must be a whole number")));
    SIGNED
        .post("/console/loadbalancers/new", Map.of("name", "x", "subnet", "of-somebody"))
        .then()
        .statusCode(404)
        .body(containsString(error("subnet", "there is no subnet")));
    CUSTOMER.get("/v1/loadbalancers?name=kept-text").body("", hasSize(0));
  }

  @Test
  void whatWouldBeAppliedIsShownBeforeItIs() {
    SIGNED
        .post(
            "/console/target-groups/new/check",
            Map.of(
                "name", "tried",
                "vpc", CUSTOMER.vpc(),
                "protocol", "tcp",
                "targetPort", "8080",
                "targetSelector", "app=web",
                "healthCheck.protocol", "http",
                "healthCheck.path", "/live"))
        .then()
        .statusCode(200)
        .body(containsString("kind: TargetGroup"))
        .body(containsString("path: /live"))
        .body(containsString("app: web"));
    SIGNED
        .post("/console/target-groups/new/check", Map.of("protocol", "tcp"))
        .then()
        .statusCode(200)
        .body(containsString("Still missing: VPC"))
        .body(not(containsString("is required")));
    CUSTOMER.get("/v1/loadbalancer-target-groups?name=tried").body("", hasSize(0));
  }

  @Test
  void whatTheFormDoesNotShowStays() {
    var body = Bodies.loadBalancer("kept", CUSTOMER.subnet());
    body.put("annotations", Map.of("note", "of somebody else"));
    var balancer = CUSTOMER.create("/v1/loadbalancers", body);
    var path = "/console/loadbalancers/" + balancer + "/edit";
    SIGNED
        .post(
            path,
            Map.of(
                "name", "renamed",
                "subnet", CUSTOMER.subnet(),
                "objectVersion", version("/v1/loadbalancers/" + balancer)))
        .then()
        .statusCode(303);
    CUSTOMER
        .get("/v1/loadbalancers/" + balancer)
        .body("name", is("renamed"))
        .body("annotations.note", is("of somebody else"));
  }

  @Test
  void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
    var balancer = CUSTOMER.loadBalancer("contended");
    var before = version("/v1/loadbalancers/" + balancer);
    CUSTOMER
        .put("/v1/loadbalancers/" + balancer, Map.of("name", "theirs", "description", "theirs"))
        .statusCode(200);
    SIGNED
        .post(
            "/console/loadbalancers/" + balancer + "/edit",
            Map.of("name", "mine", "subnet", CUSTOMER.subnet(), "objectVersion", before))
        .then()
        .statusCode(409)
        .body(containsString("read it again and repeat the change"));
    CUSTOMER.get("/v1/loadbalancers/" + balancer).body("name", is("theirs"));
  }

  @Test
  void aListenerIsMadeChangedAndDeleted() {
    var balancer = CUSTOMER.loadBalancer("front");
    var group = CUSTOMER.targetGroup("behind");
    var listeners = "/console/loadbalancers/" + balancer + "/listeners";
    var fields = new java.util.HashMap<String, Object>();
    fields.putAll(Map.of("name", "web", "protocol", "tcp", "port", "80", "targetGroup", group));
    fields.put("allowedSources", "198.51.100.0/24\n192.0.2.7");
    SIGNED.post(listeners + "/new", fields).then().statusCode(303);
    fields.put("name", "again");
    SIGNED
        .post(listeners + "/new", fields)
        .then()
        .statusCode(409)
        .body(containsString(error("port", "TCP 80 is taken by the listener")));
    var path = "/v1/loadbalancers/" + balancer + "/listeners";
    String listener = CUSTOMER.get(path).body("", hasSize(1)).extract().path("[0].identity");
    fields.put("name", "web");
    fields.put("maxConnections", "7");
    fields.put("objectVersion", version(path + "/" + listener));
    SIGNED.post(listeners + "/" + listener, fields).then().statusCode(303);
    CUSTOMER
        .get(path + "/" + listener)
        .body("maxConnections", is(7))
        .body("allowedSources", is(java.util.List.of("198.51.100.0/24", "192.0.2.7")));
    assertThat(
            CUSTOMER
                .client()
                .resources(Listener.class)
                .inNamespace(CUSTOMER.namespace)
                .list()
                .getItems())
        .anyMatch(it -> it.getSpec().maxConnections() == 7);
    SIGNED.post(listeners + "/" + listener + "/delete", Map.of()).then().statusCode(303);
    CUSTOMER.get(path).body("", hasSize(0));
  }

  private static String version(String path) {
    return CUSTOMER.get(path).extract().path("objectVersion").toString();
  }
}
