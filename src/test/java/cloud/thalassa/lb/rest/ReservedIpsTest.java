package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReservedIpsTest {
  private static final String PATH = "/v1/reserved-ips";
  private static final String BALANCERS = "/v1/loadbalancers";
  private static final Customer CUSTOMER = new Customer("reserving");
  private static final Customer OTHER = new Customer("reserving-other");

  @BeforeAll
  static void pool() {
    CUSTOMER.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: reservable}
        spec: {addressPools: [198.51.100.96/27]}
        """);
  }

  @AfterAll
  static void leave() {
    for (var customer : List.of(CUSTOMER, OTHER)) {
      customer
          .get(PATH)
          .extract()
          .<List<String>>path("identity")
          .forEach(it -> customer.delete(PATH + "/" + it));
      customer.close();
    }
  }

  private static String reserve(String name) {
    return CUSTOMER.create(PATH, Map.of("name", name, "region", Api.REGION));
  }

  private static Map<String, Object> withIp(String name, String reservedIp) {
    return Bodies.with(
        Bodies.loadBalancer(name, CUSTOMER.subnet()), "reservedIpId", (Object) reservedIp);
  }

  private static List<String> requested(String name) {
    return CUSTOMER.object(LoadBalancer.class, name).getSpec().addresses();
  }

  @Test
  void isReservedAndDescribedAndGivenUp() {
    var identity =
        CUSTOMER
            .post(
                PATH,
                Map.of(
                    "name",
                    "Shop, front",
                    "region",
                    Api.REGION,
                    "description",
                    "<b>'",
                    "labels",
                    Map.of("team", "blue")))
            .statusCode(201)
            .body("identity", matchesPattern("rip-[0-9a-v]{20}"))
            .body("name", is("Shop, front"))
            .body("description", is("<b>'"))
            .body("labels", is(Map.of("team", "blue")))
            .body("status", is("available"))
            .body("region.slug", is(Api.REGION))
            .body("ipv4Address", notNullValue())
            .body("objectVersion", nullValue())
            .body("attachedToResourceType", nullValue())
            .extract()
            .<String>path("identity");
    String address = CUSTOMER.get(PATH + "/" + identity).extract().path("ipv4Address");
    assertThat(claim(address).getSpec().loadBalancer()).isNull();
    for (var filter :
        List.of("name=Shop, front", "reservedIp=" + identity, "matchLabels[team]=blue")) {
      CUSTOMER.get(PATH + "?status=available&" + filter).body("identity", contains(identity));
    }
    CUSTOMER.get(PATH + "?status=attached&reservedIp=" + identity).body("", empty());
    CUSTOMER
        .put(PATH + "/" + identity, Map.of("name", "Door"))
        .statusCode(200)
        .body("name", is("Door"))
        .body("description", is(""))
        .body("labels", is(Map.of()))
        .body("ipv4Address", is(address));
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER.get(PATH + "/" + identity).statusCode(404);
    CUSTOMER.delete(PATH + "/" + identity).statusCode(404);
    assertThat(claim(address)).isNull();
  }

  private static AddressClaim claim(String address) {
    return CUSTOMER.client().resources(AddressClaim.class).withName(address).get();
  }

  @Test
  void regionIsGivenAndKnown() {
    CUSTOMER
        .post(PATH, Map.of("name", "x"))
        .statusCode(400)
        .body("message", is("region: is required"));
    CUSTOMER.post(PATH, Map.of("name", "x", "region", "mars")).statusCode(404);
    CUSTOMER.post(PATH, Map.of("region", Api.REGION)).statusCode(400);
  }

  @Test
  void loadBalancerHasItUntilItIsGivenUpAndAnApplyChangesNothing() {
    var identity = reserve("held");
    String address = CUSTOMER.get(PATH + "/" + identity).extract().path("ipv4Address");
    var balancer = CUSTOMER.create(BALANCERS, withIp("held", identity));
    CUSTOMER
        .get(BALANCERS + "/" + balancer)
        .body("reservedIpIdentity", is(identity))
        .body("reservedIp.name", is("held"))
        .body("subnetIdentity", is(CUSTOMER.subnet()));
    CUSTOMER
        .get(PATH + "/" + identity)
        .body("status", is("attached"))
        .body("attachedToResourceType", is("cloud_vpc_loadbalancer"))
        .body("attachedToResourceIdentity", is(balancer));
    assertThat(requested("held")).containsExactly(address);
    CUSTOMER.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: held, labels: {by: hand}}
        spec: {replicas: 3}
        """);
    var update = Map.of("name", "held", "subnet", CUSTOMER.subnetSlug());
    CUSTOMER
        .put(BALANCERS + "/" + balancer, update)
        .statusCode(200)
        .body("reservedIpIdentity", is(identity));
    CUSTOMER
        .put(
            BALANCERS + "/" + balancer,
            Map.of("name", "held", "deleteProtection", true, "reservedIpId", identity))
        .statusCode(200)
        .body("reservedIpIdentity", is(identity));
    CUSTOMER
        .post(BALANCERS, withIp("greedy", identity))
        .statusCode(409)
        .body("message", containsString("is attached to load balancer " + balancer));
    var second = reserve("second");
    CUSTOMER
        .put(BALANCERS + "/" + balancer, Map.of("name", "held", "reservedIpId", second))
        .statusCode(200)
        .body("reservedIpIdentity", is(second));
    CUSTOMER.get(PATH + "/" + identity).body("status", is("available"));
    CUSTOMER
        .put(
            BALANCERS + "/" + balancer,
            Map.of("name", "held", "deleteProtection", false, "reservedIpId", ""))
        .statusCode(200)
        .body("reservedIpIdentity", nullValue())
        .body("subnetIdentity", is(CUSTOMER.subnet()));
    assertThat(requested("held")).isEmpty();
    CUSTOMER.get(PATH + "/" + second).body("status", is("available"));
  }

  @Test
  void isAssociatedAndDisassociatedOnOneConnection() throws Exception {
    var identity = reserve("moved");
    var balancer = CUSTOMER.loadBalancer("moved");
    var path = PATH + "/" + identity;
    CUSTOMER
        .post(path + "/associate", Map.of("loadbalancerIdentity", balancer))
        .statusCode(200)
        .body("attachedToResourceIdentity", is(balancer));
    CUSTOMER
        .post(path + "/associate", Map.of("loadbalancerIdentity", balancer))
        .statusCode(200)
        .body("status", is("attached"));
    CUSTOMER.post(path + "/associate", Map.of()).statusCode(400);
    CUSTOMER.post(path + "/associate", Map.of("loadbalancerIdentity", "lb-x")).statusCode(404);
    CUSTOMER.post(path + "/associate", Map.of("natGatewayIdentity", "nat-x")).statusCode(404);
    for (int i = 0; i < 3; i++) {
      assertThat(chunked(path + "/disassociate")).contains("\"available\"");
    }
    CUSTOMER.get(BALANCERS + "/" + balancer).body("reservedIpIdentity", nullValue());
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A body of one empty chunk, as the SDK sends none. */
  private static String chunked(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(CUSTOMER.api.url() + path))
            .header("Authorization", "Token " + CUSTOMER.token)
            .POST(BodyPublishers.ofInputStream(InputStream::nullInputStream))
            .build();
    var response = CLIENT.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  @Test
  void whenItIsDeletedItsLoadBalancerStays() {
    var identity = reserve("short");
    var balancer = CUSTOMER.create(BALANCERS, withIp("short", identity));
    CUSTOMER.delete(PATH + "/" + identity).statusCode(204);
    CUSTOMER.get(BALANCERS + "/" + balancer).body("reservedIpIdentity", nullValue());
    assertThat(requested("short")).isEmpty();
  }

  @Test
  void internalLoadBalancerHasNone() {
    var identity = reserve("outer");
    CUSTOMER
        .post(BALANCERS, Bodies.with(withIp("inner", identity), "internalLoadbalancer", true))
        .statusCode(400)
        .body("message", is("reservedIpId: an internal load balancer has no reserved IP"));
  }

  @Test
  void thatOfOthersIsNotThere() {
    var identity = reserve("mine");
    var path = PATH + "/" + identity;
    var body = Map.of("name", "stolen", "region", Api.REGION);
    OTHER.get(path).statusCode(404);
    OTHER.put(path, body).statusCode(404);
    OTHER.delete(path).statusCode(404);
    OTHER.post(path + "/disassociate", "{}").statusCode(404);
    var balancer = OTHER.loadBalancer("thief");
    OTHER.post(path + "/associate", Map.of("loadbalancerIdentity", balancer)).statusCode(404);
    OTHER
        .put(BALANCERS + "/" + balancer, Map.of("name", "thief", "reservedIpId", identity))
        .statusCode(404);
    OTHER.get(PATH).body("", empty());
    CUSTOMER.get(PATH).body("identity", hasItem(identity));
    CUSTOMER
        .post(path + "/associate", Map.of("loadbalancerIdentity", balancer))
        .statusCode(404)
        .body("message", containsString("loadbalancerIdentity: there is no load balancer"));
  }

  @Test
  void manyAtOnceGetOneEachAndNobodyMoreThanAllowed() {
    try (var collector = new Customer("collector")) {
      var codes =
          IntStream.range(0, 12)
              .parallel()
              .map(
                  i ->
                      collector
                          .post(PATH, Map.of("name", "n" + i, "region", Api.REGION))
                          .extract()
                          .statusCode())
              .boxed()
              .toList();
      assertThat(codes).filteredOn(it -> it == 201).hasSize(8);
      assertThat(codes).containsOnly(201, 409);
      List<String> addresses = collector.get(PATH).extract().path("ipv4Address");
      assertThat(addresses).doesNotHaveDuplicates().hasSize(8);
      collector
          .post(PATH, Map.of("name", "more", "region", Api.REGION))
          .statusCode(409)
          .body("message", containsString("quota reserved-ips: your organisation may have 8"));
      List<String> identities = collector.get(PATH).extract().path("identity");
      identities.forEach(it -> collector.delete(PATH + "/" + it).statusCode(204));
    }
  }
}
