package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSignInTest {
  private static final Customer CUSTOMER = new Customer("signs-in");
  private static final String LIST = "/console/loadbalancers";

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  private static ValidatableResponse signIn(String token, Map<String, String> headers) {
    return Signed.anybody(CUSTOMER.api.url())
        .headers(headers)
        .formParam("token", token)
        .post("/console/sign-in")
        .then();
  }

  @Test
  void whoIsNotSignedInIsAskedTo() {
    Signed.anybody(CUSTOMER.api.url())
        .get(LIST + "?name=a")
        .then()
        .statusCode(303)
        .header(
            "Location", endsWith("/console/sign-in?next=%2Fconsole%2Floadbalancers%3Fname%3Da"));
    Signed.anybody(CUSTOMER.api.url())
        .header("HX-Request", "true")
        .get(LIST + "/live")
        .then()
        .statusCode(401)
        .header("HX-Redirect", is("/console/sign-in"));
  }

  @Test
  void theSessionIsACookieThatOnlyTheConsoleGets() {
    var cookie = signIn(CUSTOMER.token, Map.of()).statusCode(303).extract().header("Set-Cookie");
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Strict", "Path=/console", "Max-Age=28800")
        .doesNotContain("Secure", CUSTOMER.token);
    assertThat(
            signIn(CUSTOMER.token, Map.of("X-Forwarded-Proto", "https"))
                .extract()
                .header("Set-Cookie"))
        .contains("Secure");
    assertThat(
            signIn(CUSTOMER.token, Map.of("Host", "console.example"))
                .extract()
                .header("Set-Cookie"))
        .contains("Secure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tc_pat_of-nobody", "'; drop table token; --", "<script>alert(1)</script>"})
  void aTokenOfNobodyIsRefused(String token) {
    signIn(token, Map.of())
        .statusCode(401)
        .body(containsString("unknown, expired or revoked"))
        .body(not(containsString(token)))
        .header("Set-Cookie", is((String) null));
  }

  @Test
  void anExpiredTokenIsRefused() {
    CUSTOMER.api.database.execute(
        "insert into token (hash, subject, expires_at) values (?, ?, now() - interval '1 minute')",
        Customer.hash("tc_pat_expired"),
        "p-" + CUSTOMER.slug);
    signIn("tc_pat_expired", Map.of()).statusCode(401);
  }

  @Test
  void aSessionEndsWithItsToken() {
    CUSTOMER.api.database.execute(
        "insert into token (hash, subject) values (?, ?)",
        Customer.hash("tc_pat_leaves"),
        "p-" + CUSTOMER.slug);
    var signed = Signed.in(CUSTOMER.api, "tc_pat_leaves");
    signed.get(LIST).then().statusCode(200);
    CUSTOMER.api.database.execute(
        "update token set revoked_at = now() where hash = ?", Customer.hash("tc_pat_leaves"));
    await("the session ends")
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> signed.get(LIST).then().statusCode(303));
  }

  @Test
  void aSessionEndsWithItsTime() {
    var signed = Signed.in(CUSTOMER);
    CUSTOMER.api.database.execute(
        "update session set expires_at = now() where hash = ?", Customer.hash(signed.session()));
    signed.get(LIST).then().statusCode(303);
  }

  @Test
  void aSessionEndsAtTheSignOut() {
    var signed = Signed.in(CUSTOMER);
    signed
        .post("/console/sign-out", Map.of())
        .then()
        .statusCode(303)
        .header("Location", endsWith("/console/sign-in"));
    signed.get(LIST).then().statusCode(303);
  }

  @Test
  void aSessionIsNoToken() {
    Signed.anybody(CUSTOMER.api.url())
        .header("Authorization", "Token " + Signed.in(CUSTOMER).session())
        .get("/v1/loadbalancers")
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/console/",
        "//evil.example",
        "/console/../v1/vpcs\\",
        "/console/sign-in?next=x",
        "javascript:alert(1)"
      })
  void theSignInLeadsNowhereElse(String next) {
    Signed.anybody(CUSTOMER.api.url())
        .formParam("token", CUSTOMER.token)
        .formParam("next", next)
        .post("/console/sign-in")
        .then()
        .statusCode(303)
        .header("Location", endsWith(LIST));
  }

  @Test
  void otherSitesSendNoForms() {
    signIn(CUSTOMER.token, Map.of("Sec-Fetch-Site", "cross-site")).statusCode(403);
    signIn(CUSTOMER.token, Map.of("Sec-Fetch-Site", "same-site")).statusCode(403);
    signIn(CUSTOMER.token, Map.of("Origin", "https://evil.example")).statusCode(403);
    signIn(CUSTOMER.token, Map.of("Origin", "null")).statusCode(403);
    signIn(CUSTOMER.token, Map.of("Origin", CUSTOMER.api.url())).statusCode(303);
    signIn(CUSTOMER.token, Map.of("Sec-Fetch-Site", "same-origin")).statusCode(303);
  }
}
