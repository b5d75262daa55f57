package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.Scheme;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From a health checker over a broker into the database and to who reads, with each of them killed
 * in the middle: nothing is lost and nothing is there twice.
 */
class HistoryTest {
  private static final int BROKER_PORT = 9092;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @ParameterizedTest
  @ValueSource(strings = {"amqp", "kafka"})
  void everythingIsKeptOnceWhoeverWasKilledMeanwhile(String connector) throws Exception {
    var database = Postgres.start();
    try (var broker = Broker.start(connector, BROKER_PORT)) {
      var api = Api.another(database, broker.environment());
      var namespace = namespace(api, database);
      try (var checker = new Flapping(namespace, broker.environment())) {
        var events = "/v1/loadbalancers/" + balancer(api, namespace) + "/events";
        checker.flip(1);
        awaitKept(database, checker);

        brokerDies(api, broker, database, checker, events);
        consumerDies(api, database, checker);
        databaseDies(api, database, checker, events);

        assertThat(checker.metrics()).contains("thalassa_lb_events_dropped_total 0.0");
        try (var reader =
            new EventReader(api.url() + events, Api.FOUNDER_TOKEN, Map.of("Last-Event-ID", "0"))) {
          await()
              .atMost(PATIENCE)
              .untilAsserted(
                  () ->
                      assertThat(reader.data()).as(reader::toString).hasSameSizeAs(checker.states));
        }
      } finally {
        api.stop();
      }
    } finally {
      database.stop();
    }
  }

  private static void brokerDies(
      Api api, Broker broker, Postgres database, Flapping checker, String events) throws Exception {
    try (var reader = new EventReader(api.url() + events, Api.FOUNDER_TOKEN, Map.of())) {
      broker.kill();
      checker.flip(4); // its reports go on
      await("they wait")
          .atMost(PATIENCE)
          .until(() -> checker.metrics().contains("thalassa_lb_events_waiting 4.0"));
      assertThat(checker.ready()).isTrue();
      await("it says so")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(checker.said())
                      .containsOnlyOnce("Events wait, the broker takes none"));
      given().get(api.url() + "/q/health").then().statusCode(200);
      as().get(api.url() + "/v1/loadbalancers").then().statusCode(200);
      broker.start();
      awaitKept(database, checker);
      await("who reads gets them")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(reader.data()).as(reader::toString).hasSize(4));
    }
  }

  private static void consumerDies(Api api, Postgres database, Flapping checker) throws Exception {
    api.kill();
    checker.flip(2);
    api.restart();
    checker.flip(2);
    awaitKept(database, checker);
  }

  private static void databaseDies(Api api, Postgres database, Flapping checker, String events)
      throws Exception {
    as().get(api.url() + "/v1/loadbalancers").then().statusCode(200); // the token is known then
    database.kill();
    checker.flip(2);
    for (var path : new String[] {events, events.replace("/events", "/usage")}) {
      as().get(api.url() + path)
          .then()
          .statusCode(503)
          .contentType("application/json")
          .body("message", containsString("does not answer: try again in a moment"));
    }
    database.restart();
    checker.flip(2);
    awaitKept(database, checker);
  }

  private static RequestSpecification as() {
    return given().header("Authorization", "Token " + Api.FOUNDER_TOKEN);
  }

  private static void awaitKept(Postgres database, Flapping checker) {
    await("everything is kept")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        database.all(
                            "select cast(body as json) -> 'event' ->> 'state' from event order by number"))
                    .isEqualTo(checker.states));
  }

  /** Of the founders, in whose database they are. */
  private static String namespace(Api api, Postgres database) throws Exception {
    var namespace = api.cluster.namespace("history");
    var organisation = database.all("select identity from organisation").getFirst();
    api.cluster.kubectl(
        "label", "namespace", namespace, "lb.thalassa.cloud/organisation=" + organisation);
    return namespace;
  }

  private static String balancer(Api api, String namespace) {
    var balancer = new LoadBalancer();
    balancer.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName("front").build());
    balancer.setSpec(new LoadBalancerSpec(Scheme.INTERNAL, null, null, null, 1, null, null, null));
    api.cluster.client().resource(balancer).create();
    // the founders are the same in every database, and the other test has left them a namespace
    var ours = "find { it.name == 'front' && it.vpc.slug == '%s' }.identity".formatted(namespace);
    return await("it is seen")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> as().get(api.url() + "/v1/loadbalancers").then().extract().<String>path(ours),
            Objects::nonNull);
  }
}
