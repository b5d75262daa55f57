package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who did what, for those who own the organisation. */
class AuditTest {
  private static final String PATH = "/v1/audit";
  private static final Customer CUSTOMER = new Customer("audited");
  private static final Customer OTHER = new Customer("audited-other");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
    OTHER.close();
  }

  private static String entry(String request) {
    return "find { it.requestId == '" + request + "' }";
  }

  @Test
  void everythingThatWritesIsThereWithItsResult() {
    var body = Bodies.loadBalancer("seen", CUSTOMER.subnet());
    var created =
        CUSTOMER
            .as()
            .header("X-Request-Id", "audited-create")
            .contentType("application/json")
            .body(body)
            .post("/v1/loadbalancers?x=secret")
            .then()
            .statusCode(201)
            .extract()
            .<String>path("identity");
    CUSTOMER
        .as()
        .header("X-Request-Id", "audited-refused")
        .delete("/v1/loadbalancers/<script>")
        .then()
        .statusCode(404);
    CUSTOMER
        .as()
        .header("X-Request-Id", "audited-broken")
        .contentType("application/json")
        .body("{")
        .put("/v1/loadbalancers/" + created)
        .then()
        .statusCode(400);
    CUSTOMER.as().header("X-Request-Id", "audited-read").get("/v1/loadbalancers");
    await("it is written")
        .untilAsserted(
            () ->
                CUSTOMER.get(PATH).body("requestId", hasItems("audited-create", "audited-broken")));
    CUSTOMER
        .get(PATH)
        .statusCode(200)
        .body(entry("audited-create") + ".subject", is("p-" + CUSTOMER.slug))
        .body(entry("audited-create") + ".method", is("POST"))
        .body(entry("audited-create") + ".path", is("/v1/loadbalancers"))
        .body(entry("audited-create") + ".status", is(201))
        .body(entry("audited-create") + ".address", is("127.0.0.1"))
        .body(entry("audited-refused") + ".status", is(404))
        .body(entry("audited-refused") + ".path", is("/v1/loadbalancers/<script>"))
        .body(entry("audited-broken") + ".status", is(400))
        .body("requestId", not(hasItem("audited-read")));
    OTHER.get(PATH).statusCode(200).body("requestId", not(hasItem("audited-create")));
  }

  @Test
  void whoIsNotLetInIsThereForNobodyOfTheOrganisation() throws SQLException {
    given()
        .header("Authorization", "Token tc_pat_guessed")
        .header("X-Organisation-Identity", CUSTOMER.organisation)
        .header("X-Request-Id", "audited-stranger")
        .get(CUSTOMER.api.url() + "/v1/loadbalancers")
        .then()
        .statusCode(401);
    given()
        .header("X-Request-Id", "audited-account")
        .formParam("grant_type", "client_credentials")
        .formParam("client_id", "sa-guessed")
        .formParam("client_secret", "x")
        .post(CUSTOMER.api.url() + "/oidc/token")
        .then()
        .statusCode(401);
    await("both are written")
        .untilAsserted(
            () ->
                assertThat(
                        CUSTOMER.api.database.all(
                            "select request_id || ' ' || subject || ' ' || status from audit where organisation is null"))
                    .contains("audited-stranger  401", "audited-account sa-guessed 401"));
    CUSTOMER.get(PATH).body("requestId", not(hasItem("audited-stranger")));
  }

  @Test
  void ownersReadItPageByPageAndOthersDoNot() {
    for (int i = 0; i < 3; i++) {
      CUSTOMER.delete("/v1/loadbalancers/page-" + i).statusCode(404);
    }
    await("they are written")
        .untilAsserted(() -> CUSTOMER.get(PATH).body("path", hasItem("/v1/loadbalancers/page-2")));
    List<String> first = CUSTOMER.get(PATH + "?limit=2").body("", hasSize(2)).extract().path("id");
    CUSTOMER
        .get(PATH + "?limit=1000&before=" + first.getLast())
        .statusCode(200)
        .body("id", not(hasItems(first.toArray(String[]::new))));
    for (var wrong : List.of("limit=0", "limit=1001", "before=x", "limit=1' or '1'='1")) {
      CUSTOMER.get(PATH + "?" + wrong).statusCode(400);
    }
    CUSTOMER.api.database.execute(
        "insert into membership (identity, organisation, subject, role) values (?, ?, ?, 'MEMBER')",
        "om-audited-member",
        CUSTOMER.organisation,
        "p-" + OTHER.slug);
    var token = "tc_pat_audited-member";
    CUSTOMER.api.database.execute(
        "insert into token (hash, subject) values (?, ?)", Customer.hash(token), "p-" + OTHER.slug);
    given()
        .header("Authorization", "Token " + token)
        .header("X-Organisation-Identity", CUSTOMER.organisation)
        .get(CUSTOMER.api.url() + PATH)
        .then()
        .statusCode(403)
        .body("message", containsString("for the owners"));
  }

  @Test
  void databaseShowsThatOfOneOrganisationOnly() throws SQLException {
    OTHER.delete("/v1/loadbalancers/none").statusCode(404);
    await("it is written").untilAsserted(() -> OTHER.get(PATH).body("", not(hasSize(0))));
    var query = "select organisation from audit";
    assertThat(OTHER.api.database.seenBy(OTHER.organisation, query))
        .isNotEmpty()
        .containsOnly(OTHER.organisation);
    assertThat(OTHER.api.database.seenBy("", query)).isEmpty();
  }

  @Test
  void whatIsOldGoes() {
    CUSTOMER.api.database.execute(
        "insert into audit (organisation, at, subject, method, path, status, request_id, address)"
            + " values (?, now() - interval '91 days', 'x', 'PUT', '/old', 200, 'old', '')",
        CUSTOMER.organisation);
    var database = CUSTOMER.api.database;
    var another = Api.another(database, Map.of());
    try {
      given()
          .header("Authorization", "Token " + CUSTOMER.token)
          .delete(another.url() + "/v1/loadbalancers/none")
          .then()
          .statusCode(404);
      await("it is gone")
          .untilAsserted(
              () -> CUSTOMER.get(PATH + "?limit=1000").body("path", everyItem(not("/old"))));
    } finally {
      another.stop();
    }
  }
}
