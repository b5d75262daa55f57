package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token of a workload elsewhere for one of a service account. */
class TokenExchangeTest {
  private static final Customer CUSTOMER = new Customer("exchange");
  private static final Customer OTHER = new Customer("exchange-other");
  private static final String ACCOUNT = "sa-" + CUSTOMER.slug;
  private static final String ISSUER = "https://cluster.example";
  private static final String SUBJECT = "system:serviceaccount:kube-system:ccm";
  private static final String AUDIENCE = "https://api.thalassa.cloud/";
  private static final KeyPair KEYS = keys();

  @BeforeAll
  static void trust() {
    CUSTOMER.api.database.execute(
        "insert into service_account (identity, organisation, name, secret_hash) values (?, ?, 'ccm', 'none')",
        ACCOUNT,
        CUSTOMER.organisation);
    var key = (RSAPublicKey) KEYS.getPublic();
    var jwks =
        "{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"one\", \"alg\": \"RS256\", \"n\": \"%s\", \"e\": \"%s\"}]}"
            .formatted(
                base64(key.getModulus().toByteArray()),
                base64(key.getPublicExponent().toByteArray()));
    CUSTOMER.api.database.execute(
        "insert into workload (service_account, issuer, subject, audience, keys) values (?, ?, ?, ?, ?)",
        ACCOUNT,
        ISSUER,
        SUBJECT,
        AUDIENCE,
        jwks);
  }

  @AfterAll
  static void leave() {
    CUSTOMER.close();
    OTHER.close();
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String jwt(KeyPair keys, String algorithm, Map<String, Object> claims) {
    try {
      var json = new com.fasterxml.jackson.databind.ObjectMapper();
      var head = json.writeValueAsBytes(Map.of("alg", algorithm, "kid", "one", "typ", "JWT"));
      var text = base64(head) + "." + base64(json.writeValueAsBytes(claims));
      if (algorithm.equals("none")) {
        return text + ".";
      }
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + base64(signature.sign());
    } catch (GeneralSecurityException | com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> claims() {
    return new HashMap<>(
        Map.of(
            "iss",
            ISSUER,
            "sub",
            SUBJECT,
            "aud",
            AUDIENCE,
            "exp",
            Instant.now().plusSeconds(600).getEpochSecond()));
  }

  private static ValidatableResponse exchange(Map<String, String> changed) {
    var form =
        new HashMap<>(
            Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                jwt(KEYS, "RS256", claims()),
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:jwt",
                "organisation_id",
                CUSTOMER.organisation,
                "service_account_id",
                ACCOUNT));
    form.putAll(changed);
    form.values().removeIf(String::isEmpty);
    return given().formParams(form).post(CUSTOMER.api.url() + "/oidc/token").then();
  }

  @Test
  void tokenComesInForItsOrganisationOnly() {
    String token =
        exchange(Map.of())
            .statusCode(200)
            .body("token_type", is("Bearer"))
            .body("expires_in", is(3600))
            .extract()
            .path("access_token");
    for (var known : Map.of(CUSTOMER.slug, 200, OTHER.slug, 404).entrySet()) {
      given()
          .header("Authorization", "Bearer " + token)
          .header("X-Organisation-Identity", known.getKey())
          .get(CUSTOMER.api.url() + "/v1/loadbalancers")
          .then()
          .statusCode(known.getValue());
    }
    exchange(Map.of("organisation_id", CUSTOMER.slug)).statusCode(200);
  }

  @Test
  void lifetimeIsSecondsOrADurationOfGo() {
    var good = Map.of("60", 60, "39600s", 39600, "1h30m", 5400, "1.5h", 5400, "24h0m0s", 86400);
    good.forEach(
        (text, seconds) ->
            exchange(Map.of("access_token_lifetime", text))
                .statusCode(200)
                .body("expires_in", is(seconds)));
    for (var bad : new String[] {"59", "25h", "soon", "-1", "1h30", "1d"}) {
      exchange(Map.of("access_token_lifetime", bad))
          .statusCode(400)
          .body("error", is("invalid_request"))
          .body("message", containsString("access_token_lifetime"));
    }
  }

  @Test
  void tokenThatIsNotOfTheWorkloadIsNone() {
    for (var wrong :
        Map.<String, Object>of(
                "iss", "https://evil.example",
                "sub", "system:serviceaccount:kube-system:other",
                "aud", "https://elsewhere.example/",
                "exp", Instant.now().minusSeconds(600).getEpochSecond())
            .entrySet()) {
      var claims = claims();
      claims.put(wrong.getKey(), wrong.getValue());
      refused(Map.of("subject_token", jwt(KEYS, "RS256", claims)));
    }
    var endless = claims();
    endless.remove("exp");
    refused(Map.of("subject_token", jwt(KEYS, "RS256", endless)));
    refused(Map.of("subject_token", jwt(keys(), "RS256", claims())));
    refused(Map.of("subject_token", jwt(KEYS, "none", claims())));
    refused(Map.of("subject_token", "not.a.token"));
    refused(Map.of("service_account_id", "sa-nobody"));
    refused(Map.of("organisation_id", OTHER.organisation));
  }

  private static void refused(Map<String, String> changed) {
    exchange(changed)
        .statusCode(401)
        .body("error", is("invalid_grant"))
        .body("message", containsString("the service account is unknown, or the token"));
  }

  @Test
  void formIsComplete() {
    for (var field : new String[] {"subject_token", "organisation_id", "service_account_id"}) {
      exchange(Map.of(field, "")).statusCode(400).body("message", containsString(field));
    }
    exchange(Map.of("subject_token_type", "urn:x")).statusCode(400);
  }
}
