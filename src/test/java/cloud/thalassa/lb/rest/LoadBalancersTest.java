package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LoadBalancersTest {
  private static final String PATH = "/v1/loadbalancers";
  private static final Customer CUSTOMER = new Customer("balancers");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  @Test
  void isAnsweredWithEverythingThatClientsDereference() {
    var answer =
        CUSTOMER
            .post(PATH, Bodies.loadBalancer("Web & <b>Co</b>", CUSTOMER.subnet()))
            .statusCode(201)
            .contentType(ContentType.JSON)
            .header("X-Request-Id", notNullValue())
            .body("identity", matchesPattern("lb-[0-9a-v]{20}"))
            .body("name", is("Web & <b>Co</b>"))
            .body("status", is("creating"))
            .body("subnet.identity", is(CUSTOMER.subnet()))
            .body("subnetIdentity", is(CUSTOMER.subnet()))
            .body("vpc.identity", is(CUSTOMER.vpc()))
            .body("vpcIdentity", is(CUSTOMER.vpc()))
            .body("vpc.cloudRegion.slug", is(Api.REGION))
            .body("organisation.slug", is(CUSTOMER.slug))
            .body("deleteProtection", is(false))
            .body("hostname", is(""))
            .body("loadbalancerListeners", empty())
            .body("labels", is(Map.of()))
            .body("annotations", is(Map.of()))
            .extract();
    String identity = answer.path("identity");
    CUSTOMER
        .get(PATH + "/" + identity)
        .statusCode(200)
        .body("objectVersion", is(answer.<Object>path("objectVersion")))
        .body("createdAt", is(answer.<Object>path("createdAt")))
        .body("slug", is(answer.<Object>path("slug")));
    CUSTOMER.get(PATH).statusCode(200).body("identity", hasItem(identity));
  }

  @Test
  void whatKubectlMakesIsThereToo() {
    CUSTOMER.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: by-hand, labels: {team: blue}}
        spec: {replicas: 3}
        """);
    await()
        .untilAsserted(
            () ->
                CUSTOMER
                    .get(PATH + "?matchLabels[team]=blue")
                    .body("name", contains("by-hand"))
                    .body("subnet.identity", contains(CUSTOMER.subnet())));
    String identity =
        CUSTOMER.get(PATH + "?name=by-hand").extract().<List<String>>path("identity").getFirst();
    CUSTOMER
        .put(PATH + "/" + identity, Map.of("name", "Renamed", "description", "A door"))
        .statusCode(200)
        .body("name", is("Renamed"))
        .body("labels", is(Map.of()));
    CUSTOMER.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: by-hand, labels: {team: blue}}
        spec: {replicas: 4}
        """);
    await()
        .untilAsserted(
            () ->
                CUSTOMER
                    .get(PATH + "/" + identity)
                    .body("name", is("Renamed"))
                    .body("description", is("A door"))
                    .body("labels.team", is("blue")));
    assertThat(CUSTOMER.object(LoadBalancer.class, "by-hand").getSpec().replicas()).isEqualTo(4);
  }

  @Test
  void isUpdatedByIdentityAndBySlug() {
    var identity = CUSTOMER.loadBalancer("updated");
    var before = CUSTOMER.get(PATH + "/" + identity).extract();
    String slug = before.path("slug");
    var body =
        Map.of(
            "name",
            "updated",
            "description",
            "new",
            "deleteProtection",
            false,
            "labels",
            Map.of("k8s.thalassa.cloud/kubernetes-service-uid", "4711"),
            "subnet",
            CUSTOMER.subnetSlug());
    var after =
        CUSTOMER
            .put(PATH + "/" + slug, body)
            .statusCode(200)
            .body("identity", is(identity))
            .body("slug", is(slug))
            .body("description", is("new"))
            .extract();
    assertThat(after.<Long>path("objectVersion")).isNotEqualTo(before.<Long>path("objectVersion"));
    var again = CUSTOMER.put(PATH + "/" + identity, body).statusCode(200).extract();
    for (var member : List.of("objectVersion", "updatedAt")) {
      assertThat(again.<Object>path(member))
          .as("the same once more")
          .isEqualTo(after.<Object>path(member));
    }
    CUSTOMER
        .put(
            PATH + "/" + identity,
            Map.of("name", "x", "objectVersion", before.<Long>path("objectVersion")))
        .statusCode(409)
        .body("message", containsString("objectVersion: "));
    CUSTOMER
        .get(PATH + "?matchLabels[k8s.thalassa.cloud/kubernetes-service-uid]=4711")
        .body("identity", contains(identity));
  }

  @Test
  void listIsFiltered() {
    var identity = CUSTOMER.loadBalancer("filtered");
    var vpc = CUSTOMER.vpc();
    for (var filter :
        List.of(
            "vpc=" + vpc,
            "vpc=" + CUSTOMER.namespace,
            "region=" + Api.REGION,
            "status=creating",
            "page=7")) {
      CUSTOMER.get(PATH + "?" + filter).body("identity", hasItem(identity));
    }
    for (var filter :
        List.of("vpc=vpc-other", "region=us-01", "status=ready", "subnet=x", "matchLabels[a]=b")) {
      CUSTOMER.get(PATH + "?" + filter).statusCode(200).body("identity", not(hasItem(identity)));
    }
  }

  @Test
  void isDeletedWithItsListenersAndOnlyOnce() {
    var group = CUSTOMER.targetGroup("stays");
    var balancer =
        CUSTOMER.create(
            PATH,
            Bodies.with(
                Bodies.loadBalancer("gone", CUSTOMER.subnet()),
                "listeners",
                List.of(Bodies.listener("http", 80, "tcp", group))));
    CUSTOMER
        .get("/v1/loadbalancer-target-groups/" + group)
        .body("loadbalancerListeners.port", contains(80));
    CUSTOMER.delete(PATH + "/" + balancer).statusCode(204);
    CUSTOMER
        .get(PATH + "/" + balancer)
        .statusCode(404)
        .body("message", is("there is no load balancer \"" + balancer + "\""));
    CUSTOMER.get("/v1/loadbalancer-target-groups/" + group).body("loadbalancerListeners", empty());
    CUSTOMER.delete(PATH + "/" + balancer).statusCode(404);
    assertThat(CUSTOMER.object(Listener.class, "gone-http")).isNull();
  }

  @Test
  void oneThatIsBeingDeletedStaysSo() {
    CUSTOMER.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: held, finalizers: [example.com/held]}
        spec: {}
        """);
    await().untilAsserted(() -> CUSTOMER.get(PATH + "?name=held").body("name", contains("held")));
    String identity =
        CUSTOMER.get(PATH + "?name=held").extract().<List<String>>path("identity").getFirst();
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER.get(PATH + "/" + identity).statusCode(200).body("status", is("deleting"));
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER.put(PATH + "/" + identity, Map.of("name", "held")).statusCode(409);
    CUSTOMER
        .client()
        .resource(CUSTOMER.object(LoadBalancer.class, "held"))
        .edit(
            it -> {
              it.getMetadata().setFinalizers(List.of());
              return it;
            });
    await().untilAsserted(() -> CUSTOMER.get(PATH + "/" + identity).statusCode(404));
  }

  @Test
  void protectedOneIsNotDeleted() {
    var identity =
        CUSTOMER.create(
            PATH,
            Bodies.with(
                Bodies.loadBalancer("protected", CUSTOMER.subnet()), "deleteProtection", true));
    CUSTOMER
        .delete(PATH + "/" + identity)
        .statusCode(409)
        .body("message", containsString("is protected from deletion"));
    CUSTOMER.put(PATH + "/" + identity, Map.of("name", "protected", "deleteProtection", false));
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
  }

  @Test
  void oneNameMayBeTakenTwice() {
    var first = CUSTOMER.loadBalancer("twice");
    var second = CUSTOMER.loadBalancer("twice");
    CUSTOMER
        .get(PATH + "?name=twice")
        .body("identity", contains(first, second))
        .body("name", everyItem(is("twice")));
  }

  @Test
  void securityGroupsKeepTheirOrder() {
    var vpc = CUSTOMER.vpc();
    var one = CUSTOMER.create("/v1/security-groups", Bodies.securityGroup("zz", vpc));
    var two = CUSTOMER.create("/v1/security-groups", Bodies.securityGroup("aa", vpc));
    var identity =
        CUSTOMER.create(
            PATH,
            Bodies.with(
                Bodies.loadBalancer("grouped", CUSTOMER.subnet()),
                "securityGroupAttachments",
                List.of(one, two)));
    CUSTOMER.get(PATH + "/" + identity).body("securityGroups.identity", contains(one, two));
    CUSTOMER
        .delete("/v1/security-groups/" + one)
        .statusCode(409)
        .body("message", containsString(identity));
    CUSTOMER.put(PATH + "/" + identity, Map.of("name", "grouped")).body("securityGroups", empty());
  }

  @Test
  void wrongListenerLeavesNothingBehind() {
    CUSTOMER
        .post(
            PATH,
            Bodies.with(
                Bodies.loadBalancer("half", CUSTOMER.subnet()),
                "listeners",
                List.of(Bodies.listener("http", 80, "tcp", "tg-nobody"))))
        .statusCode(404)
        .body("message", is("targetGroup: there is no target group \"tg-nobody\""));
    CUSTOMER.get(PATH + "?name=half").body("", empty());
  }
}
