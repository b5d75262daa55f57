package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who comes in, as whom, and for which organisation. */
class TokensTest {
  private static final Customer CUSTOMER = new Customer("tokens");
  private static final Customer OTHER = new Customer("tokens-other");
  private static final String ORGANISATION = "X-Organisation-Identity";

  @AfterAll
  static void leave() {
    CUSTOMER.close();
    OTHER.close();
  }

  private static ValidatableResponse list(Map<String, String> headers) {
    return given().headers(headers).get(CUSTOMER.api.url() + "/v1/loadbalancers").then();
  }

  @Test
  void withoutAGoodTokenNobodyComesIn() {
    for (var header : List.of("", "Basic eDp5", "Token", "Token not-a-token", "Bearer x y")) {
      list(Map.of("Authorization", header, ORGANISATION, CUSTOMER.organisation))
          .statusCode(401)
          .header("WWW-Authenticate", notNullValue())
          .contentType("application/json")
          .body("message", containsString("Authorization: "));
    }
    list(Map.of(ORGANISATION, CUSTOMER.organisation)).statusCode(401);
  }

  @Test
  void expiredOrRevokedTokenIsNone() {
    var sql = "insert into token (hash, subject, %s) values (?, ?, now() - interval '1 second')";
    for (var column : List.of("expires_at", "revoked_at")) {
      var token = "tc_pat_" + column;
      CUSTOMER.api.database.execute(
          sql.formatted(column), Customer.hash(token), "p-" + CUSTOMER.slug);
      list(Map.of("Authorization", "Token " + token))
          .statusCode(401)
          .body("message", containsString("unknown, expired or revoked"));
    }
  }

  @Test
  void organisationIsNamedByIdentityOrSlugOrIsTheOnlyOne() {
    var token = Map.of("Authorization", "Bearer " + CUSTOMER.token);
    list(token).statusCode(200);
    for (var organisation : List.of("", CUSTOMER.slug, CUSTOMER.organisation)) {
      list(Map.of("Authorization", "Token " + CUSTOMER.token, ORGANISATION, organisation))
          .statusCode(200)
          .body("", empty());
    }
    for (var organisation : List.of(OTHER.slug, OTHER.organisation, "nobody")) {
      list(Map.of("Authorization", "Token " + CUSTOMER.token, ORGANISATION, organisation))
          .statusCode(404)
          .body("message", containsString(ORGANISATION));
    }
  }

  @Test
  void whoIsInTwoOrganisationsNamesOne() {
    CUSTOMER.api.database.execute(
        "insert into membership (identity, organisation, subject, role) values (?, ?, ?, 'MEMBER')",
        "om-second",
        CUSTOMER.organisation,
        "p-" + OTHER.slug);
    var token = "tc_pat_of-two";
    CUSTOMER.api.database.execute(
        "insert into token (hash, subject) values (?, ?)", Customer.hash(token), "p-" + OTHER.slug);
    list(Map.of("Authorization", "Token " + token)).statusCode(400);
    list(Map.of("Authorization", "Token " + token, ORGANISATION, CUSTOMER.slug)).statusCode(200);
    given()
        .header("Authorization", "Token " + token)
        .header(ORGANISATION, "")
        .get(CUSTOMER.api.url() + "/v1/me/organisation-memberships")
        .then()
        .statusCode(200)
        .body("organisation.slug", contains(CUSTOMER.slug, OTHER.slug))
        .body("role", contains("MEMBER", "OWNER"))
        .body("user.subject", hasItem("p-" + OTHER.slug))
        .body("[0].organisation.identity", is(CUSTOMER.organisation));
  }

  @Test
  void founderIsThere() {
    given()
        .header("Authorization", "Token " + Api.FOUNDER_TOKEN)
        .get(CUSTOMER.api.url() + "/v1/me/organisation-memberships")
        .then()
        .statusCode(200)
        .body("organisation.slug", contains("founders"))
        .body("role", contains("OWNER"));
  }

  @Test
  void serviceAccountGetsATokenForItsSecret() {
    CUSTOMER.api.database.execute(
        "insert into service_account (identity, organisation, name, secret_hash) values (?, ?, 'ci', ?)",
        "sa-" + CUSTOMER.slug,
        CUSTOMER.organisation,
        Customer.hash("s3cret/+"));
    for (var path : List.of("/oidc/token", "//oidc/token")) {
      String token =
          given()
              .urlEncodingEnabled(false)
              .auth()
              .preemptive()
              .basic("sa-" + CUSTOMER.slug, "s3cret%2F%2B")
              .contentType("application/x-www-form-urlencoded")
              .body("grant_type=client_credentials")
              .post(CUSTOMER.api.url() + path)
              .then()
              .statusCode(200)
              .body("token_type", is("Bearer"))
              .body("expires_in", is(3600))
              .extract()
              .path("access_token");
      list(Map.of("Authorization", "Bearer " + token, ORGANISATION, CUSTOMER.slug)).statusCode(200);
      list(Map.of("Authorization", "Bearer " + token, ORGANISATION, OTHER.slug)).statusCode(404);
    }
    token(Map.of("client_id", "sa-" + CUSTOMER.slug, "client_secret", "s3cret/+")).statusCode(200);
  }

  private static ValidatableResponse token(Map<String, String> form) {
    return given()
        .formParam("grant_type", form.getOrDefault("grant_type", "client_credentials"))
        .formParams(form)
        .post(CUSTOMER.api.url() + "/oidc/token")
        .then();
  }

  @Test
  void wrongSecretIsNone() {
    token(Map.of("client_id", "sa-nobody", "client_secret", "x"))
        .statusCode(401)
        .body("error", is("invalid_client"));
    token(Map.of("client_id", "sa-nobody")).statusCode(401);
    given()
        .formParam("grant_type", "password")
        .post(CUSTOMER.api.url() + "/oidc/token")
        .then()
        .statusCode(400)
        .body("error", is("unsupported_grant_type"));
  }
}
