package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final String SECOND_TOKEN = "tc_pat_another-of-the-founder";

  @Test
  void tokenMaySendSoMuchAndIsToldHowMuchIsLeft() {
    var database = Postgres.start();
    var api =
        Api.another(database, Map.of("THALASSA_RATE_REQUESTS", "3", "THALASSA_RATE_WINDOW", "1H"));
    try {
      for (int left = 2; left >= 0; left--) {
        get(api, Api.FOUNDER_TOKEN)
            .statusCode(200)
            .header("RateLimit-Policy", is("\"token\";q=3;w=3600"))
            .header("RateLimit", matchesPattern("\"token\";r=" + left + ";t=[0-9]+"));
      }
      get(api, Api.FOUNDER_TOKEN)
          .statusCode(429)
          .contentType("application/json")
          .header("RateLimit", matchesPattern("\"token\";r=0;t=1(1[0-9][0-9]|200)"))
          .header("Retry-After", matchesPattern("1(1[0-9][0-9]|200)"))
          .body(
              "message",
              matchesPattern(
                  "this token may send 3 requests in 3600 s, and has: go on in [0-9]+ s"));
      database.execute(
          "insert into token (hash, subject) values (?, ?)",
          Customer.hash(SECOND_TOKEN),
          "founder-" + Api.FOUNDERS);
      get(api, SECOND_TOKEN).statusCode(200);
      get(api, "tc_pat_unknown").statusCode(401);
      given().get(api.url() + "/q/health/ready").then().statusCode(200);
    } finally {
      api.stop();
      database.stop();
    }
  }

  private static ValidatableResponse get(Api api, String token) {
    return given()
        .header("Authorization", "Token " + token)
        .get(api.url() + "/v1/me/organisation-memberships")
        .then();
  }
}
