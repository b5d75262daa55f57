package cloud.thalassa.lb.cluster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.Pod;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** lb-api as {@code k8s/api} installs it: two replicas and a Job for their database. */
class ApiTest {
  private static final Cluster CLUSTER = Cluster.get();
  private static final String TOKEN = "tc_pat_of-the-founder";
  private static final String NAMESPACE = "--namespace=" + Installation.NAMESPACE;
  private static Database database;

  @BeforeAll
  static void install() throws Exception {
    CLUSTER.assumeOurs();
    Installation.get();
    database = Database.start();
    secret(
        "lb-api-database",
        Map.of(
            "address", database.address(), "user", Database.USER, "password", Database.PASSWORD));
    secret("lb-api-founder", Map.of("organisation", "acme", "token", TOKEN));
    CLUSTER.loadImage(KubeTools.REPOSITORY.resolve("target/images/lb-api.tar"));
    CLUSTER.kubectl("delete", "job", "api-migration", "--ignore-not-found", NAMESPACE);
    CLUSTER.kubectl("apply", "--server-side", "--force-conflicts", "-k", manifests());
    CLUSTER.kubectl(
        "wait", "job/api-migration", "--for=condition=Complete", "--timeout=110s", NAMESPACE);
  }

  @AfterAll
  static void remove() throws Exception {
    if (database != null) {
      CLUSTER.kubectl("delete", "--ignore-not-found", "-k", manifests());
      CLUSTER.kubectl("delete", "secret", "lb-api-database", "lb-api-founder", NAMESPACE);
      database.close();
    }
  }

  @Test
  void whatOneReplicaWritesIsInTheClusterAndReadFromTheOther() {
    var replicas =
        CLUSTER.awaitPods(Installation.NAMESPACE, Map.of("app.kubernetes.io/component", "api"), 2);
    assertThat(replicas).extracting(it -> it.getSpec().getNodeName()).doesNotHaveDuplicates();
    through(service()).get("/v1/vpcs").then().statusCode(200);

    String region = through(service()).get("/v1/regions").then().extract().path("[0].identity");
    var vpc =
        through(address(replicas.getFirst()))
            .body(
                Map.of(
                    "name",
                    "shop",
                    "description",
                    "",
                    "labels",
                    Map.of(),
                    "cloudRegionIdentity",
                    region,
                    "vpcCidrs",
                    List.of("10.0.0.0/16")))
            .post("/v1/vpcs")
            .then()
            .statusCode(201)
            .extract();
    String namespace = vpc.path("slug");
    try {
      String subnet = vpc.path("subnets[0].identity");
      var body = new HashMap<String, Object>();
      body.put("name", "web");
      body.put("description", "");
      body.put("subnet", subnet);
      body.put("internalLoadbalancer", true);
      body.put("deleteProtection", false);
      body.put("listeners", null);
      String identity =
          through(address(replicas.getFirst()))
              .body(body)
              .post("/v1/loadbalancers")
              .then()
              .statusCode(201)
              .extract()
              .path("identity");
      assertThat(CLUSTER.client().resources(LoadBalancer.class).inNamespace(namespace).list())
          .extracting(list -> list.getItems().size())
          .isEqualTo(1);
      through(address(replicas.getLast()))
          .get("/v1/loadbalancers")
          .then()
          .statusCode(200)
          .body("identity", hasItem(identity))
          .body("find { it.identity == '%s' }.name".formatted(identity), is("web"));
    } finally {
      through(service()).delete("/v1/vpcs/" + vpc.<String>path("identity"));
    }
  }

  private static RequestSpecification through(String address) {
    return given()
        .baseUri("http://" + address)
        .header("Authorization", "Token " + TOKEN)
        .header("X-Organisation-Identity", "acme")
        .contentType(ContentType.JSON);
  }

  private static String service() {
    return CLUSTER.kubectl("get", "service", "api", NAMESPACE, "-o=jsonpath={.spec.clusterIP}");
  }

  private static String address(Pod replica) {
    return replica.getStatus().getPodIP() + ":9000";
  }

  private static void secret(String name, Map<String, String> values) {
    var arguments = new ArrayList<>(List.of("create", "secret", "generic", name));
    arguments.add(NAMESPACE);
    values.forEach((key, value) -> arguments.add("--from-literal=%s=%s".formatted(key, value)));
    CLUSTER.kubectl("delete", "secret", name, "--ignore-not-found", NAMESPACE);
    CLUSTER.kubectl(arguments.toArray(String[]::new));
  }

  private static String manifests() {
    return KubeTools.REPOSITORY.resolve("k8s/api").toString();
  }
}
