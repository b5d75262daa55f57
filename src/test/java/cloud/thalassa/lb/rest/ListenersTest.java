package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import cloud.thalassa.lb.crds.Listener;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private static final Customer CUSTOMER = new Customer("listeners");
  private String balancer;
  private String group;
  private String path;

  @BeforeEach
  void balancer() {
    balancer = CUSTOMER.loadBalancer("web");
    group = CUSTOMER.targetGroup("web");
    path = "/v1/loadbalancers/" + balancer + "/listeners";
  }

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  @Test
  void isAnsweredAsItWasWritten() {
    var body = Bodies.listener("https", 443, "TCP", group);
    body.put("allowedSources", List.of("192.0.2.7", "10.1.2.3/8"));
    body.put("maxConnections", 4_294_967_295L);
    body.put("connectionIdleTimeout", 6000);
    body.put("labels", Map.of("a", "b"));
    var identity = CUSTOMER.create(path, body);
    CUSTOMER
        .get(path + "/" + identity)
        .statusCode(200)
        .body("name", is("https"))
        .body("port", is(443))
        .body("protocol", is("tcp"))
        .body("targetGroup.identity", is(group))
        .body("targetGroup.name", is("web"))
        .body("allowedSources", contains("192.0.2.7", "10.1.2.3/8"))
        .body("maxConnections", is(4_294_967_295L))
        .body("connectionIdleTimeout", is(6000))
        .body("labels.a", is("b"));
    CUSTOMER.get(path).body("identity", contains(identity));
    CUSTOMER.get(path + "?matchLabels[a]=c").body("", empty());
    CUSTOMER
        .get("/v1/loadbalancers/" + balancer)
        .body("loadbalancerListeners.identity", contains(identity));
  }

  @Test
  void whatNobodySetIsAbsent() {
    var identity = CUSTOMER.create(path, Bodies.listener("plain", 80, "tcp", group));
    CUSTOMER
        .get(path + "/" + identity)
        .body("maxConnections", nullValue())
        .body("connectionIdleTimeout", nullValue())
        .body("allowedSources", empty());
  }

  @Test
  void putReplacesTheWhole() {
    var body = Bodies.listener("http", 80, "tcp", group);
    var identity = CUSTOMER.create(path, Bodies.with(body, "maxConnections", 5));
    CUSTOMER
        .put(path + "/" + identity, Bodies.with(body, "port", 81))
        .statusCode(200)
        .body("port", is(81))
        .body("identity", is(identity))
        .body("maxConnections", nullValue());
    CUSTOMER
        .put(path + "/" + identity, Bodies.with(body, "objectVersion", 3))
        .statusCode(409)
        .body("message", containsString("read it again"));
  }

  @Test
  void samePutOnceMoreTouchesNothing() {
    var body = Bodies.listener("calm", 80, "tcp", group);
    var identity = CUSTOMER.create(path, body);
    Object before = CUSTOMER.get(path + "/" + identity).extract().path("objectVersion");
    var generation = generation("calm");
    CUSTOMER.put(path + "/" + identity, body).statusCode(200).body("objectVersion", is(before));
    assertThat(generation("calm")).isEqualTo(generation);
  }

  private static Long generation(String suffix) {
    return CUSTOMER
        .client()
        .resources(Listener.class)
        .inNamespace(CUSTOMER.namespace)
        .list()
        .getItems()
        .stream()
        .filter(it -> it.getMetadata().getName().endsWith(suffix))
        .map(it -> it.getMetadata().getGeneration())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneProtocolAndPortIsServedOnce() {
    CUSTOMER.create(path, Bodies.listener("tcp", 53, "tcp", group));
    CUSTOMER
        .post(path, Bodies.listener("again", 53, "http", group))
        .statusCode(409)
        .body("message", containsString("port: TCP 53 is taken by the listener lbl-"));
    var udp = Bodies.with(Bodies.targetGroup("dns", CUSTOMER.vpc()), "protocol", "udp");
    var dns = CUSTOMER.create("/v1/loadbalancer-target-groups", udp);
    var identity = CUSTOMER.create(path, Bodies.listener("udp", 53, "udp", dns));
    CUSTOMER.put(path + "/" + identity, Bodies.listener("udp", 53, "tcp", group)).statusCode(409);
  }

  @Test
  void oneHundredAndFirstIsRefused() {
    var name = lastNameOfBalancer();
    for (int i = 0; i < 100; i++) {
      var listener = new Listener();
      listener.setMetadata(new ObjectMetaBuilder().withName(name + "-many-" + i).build());
      listener.setSpec(Listeners.spec(name, 1000 + i, "web"));
      CUSTOMER.client().resource(listener).inNamespace(CUSTOMER.namespace).create();
    }
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> CUSTOMER.get(path).body("", hasSize(100)));
    CUSTOMER
        .post(path, Bodies.listener("one-more", 80, "tcp", group))
        .statusCode(400)
        .body("message", containsString("100 listeners already"));
  }

  /** The name that the object has in the cluster. */
  private String lastNameOfBalancer() {
    String slug = CUSTOMER.get("/v1/loadbalancers/" + balancer).extract().path("slug");
    return slug.substring(0, slug.lastIndexOf('-'));
  }

  @Test
  void isDeletedAtOnce() {
    var identity = CUSTOMER.create(path, Bodies.listener("http", 80, "tcp", group));
    CUSTOMER.delete("/v1/loadbalancer-target-groups/" + group).statusCode(409);
    CUSTOMER.delete(path + "/" + identity).statusCode(204);
    CUSTOMER.get(path + "/" + identity).statusCode(404);
    CUSTOMER.delete(path + "/" + identity).statusCode(404);
    CUSTOMER.delete("/v1/loadbalancer-target-groups/" + group).statusCode(204);
  }

  @Test
  void belongsToItsLoadBalancer() {
    var identity = CUSTOMER.create(path, Bodies.listener("http", 80, "tcp", group));
    var other = CUSTOMER.loadBalancer("other");
    CUSTOMER.get("/v1/loadbalancers/" + other + "/listeners/" + identity).statusCode(404);
    CUSTOMER.get("/v1/loadbalancers/lb-nobody/listeners").statusCode(404);
  }

  @Test
  void protocolsAreRelayedOrRefused() {
    CUSTOMER
        .post(path, Bodies.listener("http", 80, "HTTP", group))
        .statusCode(201)
        .body("protocol", is("http"));
    for (var protocol : List.of("grpc", "quic", "sctp")) {
      CUSTOMER
          .post(path, Bodies.listener("x", 90, protocol, group))
          .statusCode(400)
          .body("message", containsString("protocol: "));
    }
  }
}
