package cloud.thalassa.lb.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.Test;

/** Who is signed in goes on without the database; others are told why not. */
class ConsoleOutageTest {
  @Test
  void whoIsKnownGoesOnAndOthersAreToldWhy() {
    var database = Postgres.start();
    var api = Api.another(database);
    try {
      var signed = Signed.in(api, Api.FOUNDER_TOKEN);
      signed.get("/console/loadbalancers").then().statusCode(200);
      database.stop();
      for (int i = 0; i < 3; i++) {
        signed.get("/console/loadbalancers").then().statusCode(200);
      }
      signed
          .get("/console/audit")
          .then()
          .statusCode(503)
          .contentType(startsWith("text/html"))
          .body(containsString("does not answer: try again in a moment"));
      Signed.anybody(api.url())
          .formParam("token", "tc_pat_of-somebody-else")
          .post("/console/sign-in")
          .then()
          .statusCode(503)
          .contentType(startsWith("text/html"))
          .body(containsString("does not answer: try again in a moment"));
      Signed.anybody(api.url())
          .cookie(Signed.COOKIE, "of-nobody")
          .get("/console/loadbalancers")
          .then()
          .statusCode(503)
          .contentType(startsWith("text/html"));
    } finally {
      api.stop();
    }
  }
}
