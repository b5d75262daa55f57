package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.event.Event;
import cloud.thalassa.lb.crds.event.Told;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is in the history, and comes into it, as clients read it. */
class EventsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Customer CUSTOMER = new Customer("events");
  private static final Customer OTHER = new Customer("events-other");
  private static int number;

  @AfterAll
  static void leave() {
    CUSTOMER.close();
    OTHER.close();
  }

  private static String path(String balancer) {
    return "/v1/loadbalancers/" + balancer + "/events";
  }

  private static ValidatableResponse get(Customer customer, String path) {
    return customer.as().accept(ContentType.ANY).get(path).then();
  }

  private static EventReader read(String balancer, Map<String, String> headers) throws Exception {
    return new EventReader(CUSTOMER.api.url() + path(balancer), CUSTOMER.token, headers);
  }

  private static EventReader readAll(String balancer) throws Exception {
    return read(balancer, Map.of("Last-Event-ID", "0"));
  }

  /** As the intake does it. */
  static void store(Customer customer, Event event) {
    try (var connection = customer.api.database.connection()) {
      store(connection, customer.organisation, event);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static synchronized void store(Connection connection, String organisation, Event event)
      throws SQLException {
    var told = new Told("test", ++number, Instant.now().plusSeconds(1).toString(), event);
    Postgres.execute(
        connection,
        "insert into event (organisation, load_balancer, at, body, source, number)"
            + " values (?, ?, cast(? as timestamptz), ?, 'test', ?)",
        organisation,
        event.loadBalancer(),
        told.at(),
        told.json(),
        told.number());
  }

  private static Event health(String balancer, String group, HealthState state) {
    return new Event.Health(
        CUSTOMER.namespace + "/" + balancer, group, "10.0.0.7", 8080, state, "as it is");
  }

  @Test
  void everyTypeIsThereWordForWord() throws Exception {
    var balancer = CUSTOMER.loadBalancer("types");
    CUSTOMER.targetGroup("seen");
    var name = CUSTOMER.namespace + "/types";
    store(
        CUSTOMER,
        new Event.Lifecycle(
            name, "LoadBalancer", name, "Ready", "False", "NoReplicas", "no replica serves"));
    store(
        CUSTOMER,
        new Event.Lifecycle(
            name, "Listener", CUSTOMER.namespace + "/gone", "Accepted", "True", "Accepted", ""));
    store(CUSTOMER, health("types", CUSTOMER.namespace + "/seen", HealthState.UNHEALTHY));
    store(CUSTOMER, new Event.Failover(name, "lb-types-1 died.", "2026-11-29T20:00:00Z"));
    try (var reader = readAll(balancer)) {
      assertThat(reader.status()).isEqualTo(200);
      assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
      await().atMost(PATIENCE).until(() -> reader.data().size() == 4);
      assertThat(reader.names()).containsExactly("lifecycle", "lifecycle", "health", "failover");
      var ids = reader.ids();
      assertThat(ids)
          .hasSize(4)
          .isSortedAccordingTo(
              (one, other) -> Long.compare(Long.parseLong(one), Long.parseLong(other)));
      assertThat(reader.data().stream().map(EventsTest::withoutTime).toList())
          .containsExactly(
              """
              {"id":"%s","type":"lifecycle","message":"LoadBalancer types: Ready is False (NoReplicas): no replica serves","kind":"LoadBalancer","name":"types","condition":"Ready","status":"False","reason":"NoReplicas"}"""
                  .formatted(ids.get(0)),
              """
              {"id":"%s","type":"lifecycle","message":"Listener gone: Accepted is True (Accepted)","kind":"Listener","name":"gone","condition":"Accepted","status":"True","reason":"Accepted"}"""
                  .formatted(ids.get(1)),
              """
              {"id":"%s","type":"health","message":"10.0.0.7:8080 of target group seen is unhealthy: as it is","kind":"TargetGroup","name":"seen","status":"unhealthy","reason":"as it is","target":"10.0.0.7:8080"}"""
                  .formatted(ids.get(2)),
              """
              {"id":"%s","type":"failover","message":"lb-types-1 died.","since":"2026-11-29T20:00:00Z"}"""
                  .formatted(ids.get(3)));
    }
  }

  private static String withoutTime(String json) {
    assertThat(json).containsPattern("\"at\":\"20[0-9-]+T[0-9:.]+Z\",");
    return json.replaceFirst("\"at\":\"[^\"]+\",", "");
  }

  @Test
  void whoComesAgainGoesOnWhereHeWasAndWhoIsNewBeginsNow() throws Exception {
    var balancer = CUSTOMER.loadBalancer("resumed");
    var group = CUSTOMER.namespace + "/resumed";
    for (int i = 0; i < 3; i++) {
      store(CUSTOMER, health("resumed", group, HealthState.HEALTHY));
    }
    List<String> ids;
    try (var first = readAll(balancer)) {
      await().atMost(PATIENCE).until(() -> first.ids().size() == 3);
      ids = first.ids();
    }
    try (var again = read(balancer, Map.of("Last-Event-ID", ids.get(1)));
        var fresh = read(balancer, Map.of())) {
      await().atMost(PATIENCE).until(() -> again.ids().equals(ids.subList(2, 3)));
      await("a comment says where it begins").until(() -> !fresh.comments().isEmpty());
      store(CUSTOMER, health("resumed", group, HealthState.UNHEALTHY));
      await().atMost(PATIENCE).until(() -> again.ids().size() == 2 && fresh.ids().size() == 1);
      assertThat(fresh.data().getFirst()).contains("\"status\":\"unhealthy\"");
    }
  }

  @Test
  void manyReadTheSame() throws Exception {
    var balancer = CUSTOMER.loadBalancer("many");
    var readers = new ArrayList<EventReader>();
    try {
      for (int i = 0; i < 25; i++) {
        readers.add(readAll(balancer));
      }
      for (int i = 0; i < 250; i++) {
        store(CUSTOMER, health("many", CUSTOMER.namespace + "/many", HealthState.HEALTHY));
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(readers).extracting(it -> it.ids().size()).containsOnly(250));
      assertThat(readers).allMatch(it -> it.ids().equals(readers.getFirst().ids()));
    } finally {
      readers.forEach(EventReader::close);
    }
  }

  @Test
  void whatOthersDoWithItIsNotShown() throws Exception {
    var balancer = CUSTOMER.loadBalancer("shared");
    store(CUSTOMER, health("shared", OTHER.namespace + "/theirs", HealthState.HEALTHY));
    store(CUSTOMER, health("shared", CUSTOMER.namespace + "/ours", HealthState.HEALTHY));
    try (var reader = readAll(balancer)) {
      await().atMost(PATIENCE).until(() -> !reader.data().isEmpty());
      assertThat(reader.data()).hasSize(1).first().asString().contains("\"name\":\"ours\"");
    }
    for (var view : List.of("events", "usage")) {
      get(OTHER, "/v1/loadbalancers/" + balancer + "/" + view).statusCode(404);
    }
  }

  @Test
  void ofAnotherOneOfThatNameNothingIsShown() throws Exception {
    var balancer = CUSTOMER.loadBalancer("anew");
    var event = health("anew", CUSTOMER.namespace + "/anew", HealthState.HEALTHY);
    CUSTOMER.api.database.execute(
        "insert into event (organisation, load_balancer, at, body, source, number)"
            + " values (?, ?, now() - interval '1 day', ?, 'before', 1)",
        CUSTOMER.organisation,
        event.loadBalancer(),
        new Told("before", 1, "2026-01-01T00:00:00Z", event).json());
    store(CUSTOMER, event);
    try (var reader = readAll(balancer)) {
      await().atMost(PATIENCE).until(() -> !reader.data().isEmpty());
      assertThat(reader.data()).hasSize(1);
    }
  }

  @Test
  void whoDeletesItIsToldTheEnd() throws Exception {
    var balancer = CUSTOMER.loadBalancer("deleted");
    try (var reader = readAll(balancer)) {
      await().until(() -> !reader.comments().isEmpty());
      CUSTOMER.delete("/v1/loadbalancers/" + balancer).statusCode(204);
      await().atMost(PATIENCE).until(reader::ended);
      assertThat(reader.names()).containsExactly("end");
      assertThat(reader.data().getFirst()).startsWith("{\"message\":\"there is no load balancer");
    }
  }

  @Test
  void badQuestionsAreRefusedInWords() {
    var balancer = CUSTOMER.loadBalancer("refused");
    for (var wrong : List.of("x", "-1", "1' or '1'='1", "9".repeat(19))) {
      CUSTOMER
          .as()
          .accept(ContentType.ANY)
          .header("Last-Event-ID", wrong)
          .get(path(balancer))
          .then()
          .statusCode(400)
          .contentType("application/json")
          .body("message", is("Last-Event-ID: must be the id of an event"));
    }
    get(CUSTOMER, path(balancer) + "?after=x")
        .statusCode(400)
        .body("message", startsWith("after:"));
    get(CUSTOMER, path("none")).statusCode(404).contentType("application/json");
    given().get(CUSTOMER.api.url() + path(balancer)).then().statusCode(401);
  }

  @Test
  void whoIsSlowOrOneTooManyOrStaysTooLongIsSentAwayWithAReason() throws Exception {
    var balancer = CUSTOMER.loadBalancer("slow");
    var message = "x".repeat(20_000);
    var name = CUSTOMER.namespace + "/slow";
    for (int i = 0; i < 500; i++) {
      store(CUSTOMER, new Event.Failover(name, message, "2026-11-29T20:00:00Z"));
    }
    var api =
        Api.another(
            CUSTOMER.api.database,
            Map.of("THALASSA_EVENTS_STREAMS", "1", "THALASSA_EVENTS_PATIENCE", "3S"));
    try (var socket = new Socket("127.0.0.1", java.net.URI.create(api.url()).getPort())) {
      var request =
          "GET %s?after=0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Token %s\r\n\r\n"
              .formatted(path(balancer), CUSTOMER.token);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await("it streams").until(() -> socket.getInputStream().available() > 0);
      given()
          .header("Authorization", "Token " + CUSTOMER.token)
          .get(api.url() + path(balancer))
          .then()
          .statusCode(429)
          .body("message", containsString("close one"));
      await("it is cut")
          .atMost(PATIENCE)
          .until(() -> metrics(api).contains("thalassa_lb_api_event_streams_cut_total 1.0"));
      var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(all).contains("event:end").contains("come again and read faster");
      await().until(() -> metrics(api).contains("thalassa_lb_api_event_streams 0.0"));
      try (var last = new EventReader(api.url() + path(balancer), CUSTOMER.token, Map.of())) {
        await("a heartbeat").atMost(PATIENCE).until(() -> last.comments().contains("nothing new"));
        api.stop();
        await().atMost(PATIENCE).until(last::ended);
        assertThat(last.data()).containsExactly("{\"message\":\"this server ends: come again\"}");
      }
    } finally {
      api.stop();
    }
  }

  private static String metrics(Api api) {
    return given().get(api.url() + "/q/metrics").asString();
  }

  @Test
  void databaseShowsThatOfOneOrganisationOnly() throws SQLException, IOException {
    store(CUSTOMER, health("rows", CUSTOMER.namespace + "/rows", HealthState.HEALTHY));
    UsageTest.store(CUSTOMER, "rows", "r", "2026-11-29T20:00:00Z", 1, 1, 1);
    for (var table : List.of("event", "usage")) {
      var query = "select organisation from " + table;
      var database = CUSTOMER.api.database;
      assertThat(database.seenBy(CUSTOMER.organisation, query))
          .isNotEmpty()
          .containsOnly(CUSTOMER.organisation);
      assertThat(database.seenBy(OTHER.organisation, query)).isEmpty();
      assertThat(database.seenBy("", query)).isEmpty();
    }
  }
}
