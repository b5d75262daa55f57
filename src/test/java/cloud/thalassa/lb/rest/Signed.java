package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;

import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody at the console: what a browser keeps for him, and sends. */
record Signed(String url, String session) {
  static final String COOKIE = "thalassa-session";
  private static final Pattern STAMP = Pattern.compile("name=\"stamp\" value=\"([^\"]+)\"");

  static Signed in(Api api, String token) {
    return new Signed(
        api.url(),
        anybody(api.url())
            .formParam("token", token)
            .post("/console/sign-in")
            .then()
            .statusCode(303)
            .extract()
            .cookie(COOKIE));
  }

  static Signed in(Customer customer) {
    return in(customer.api, customer.token);
  }

  /** Follows nothing, so that it can be seen. */
  static RequestSpecification anybody(String url) {
    return given()
        .config(
            RestAssuredConfig.config()
                .redirect(RedirectConfig.redirectConfig().followRedirects(false)))
        .baseUri(url)
        .urlEncodingEnabled(true)
        .contentType(ContentType.URLENC.withCharset("UTF-8"));
  }

  RequestSpecification as() {
    return anybody(url).cookie(COOKIE, session);
  }

  Response get(String path) {
    return as().urlEncodingEnabled(false).get(path);
  }

  /** Of the forms of this session. */
  String stamp() {
    var form = STAMP.matcher(get("/console/loadbalancers/new").asString());
    if (!form.find()) {
      throw new AssertionError("the form carries no stamp");
    }
    return form.group(1);
  }

  Response post(String path, Map<String, ?> fields) {
    var form = new HashMap<String, Object>(fields);
    form.putIfAbsent("stamp", stamp());
    return as().formParams(form).post(path);
  }
}
