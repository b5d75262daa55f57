package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** What is in the cluster can be read without the database, by those who are known. */
class DatabaseOutageTest {
  @Test
  void whoIsKnownGoesOnAndOthersAreToldWhy() {
    var database = Postgres.start();
    var api = Api.another(database);
    try {
      list(api, Api.FOUNDER_TOKEN).statusCode(200);
      database.stop();
      for (int i = 0; i < 3; i++) {
        list(api, Api.FOUNDER_TOKEN).statusCode(200);
      }
      list(api, "tc_pat_of-somebody-else")
          .statusCode(503)
          .body(
              "message",
              containsString("the database of organisations and tokens does not answer"));
      for (var path : new String[] {"/v1/projects", "/v1/quotas", "/v1/audit"}) {
        given()
            .header("Authorization", "Token " + Api.FOUNDER_TOKEN)
            .get(api.url() + path)
            .then()
            .statusCode(503)
            .body("message", containsString("does not answer: try again in a moment"));
      }
      given()
          .header("Authorization", "Token " + Api.FOUNDER_TOKEN)
          .delete(api.url() + "/v1/loadbalancers/none")
          .then()
          .statusCode(404);
      given()
          .formParam("grant_type", "client_credentials")
          .formParam("client_id", "sa-x")
          .formParam("client_secret", "y")
          .post(api.url() + "/oidc/token")
          .then()
          .statusCode(503)
          .body("message", containsString("does not answer"));
      given().get(api.url() + "/q/health/ready").then().statusCode(200).body("status", is("UP"));
    } finally {
      api.stop();
    }
  }

  private static ValidatableResponse list(Api api, String token) {
    return given()
        .header("Authorization", "Token " + token)
        .get(api.url() + "/v1/loadbalancers")
        .then();
  }
}
