package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is one sentence that says what is wrong, and where. */
class BadBodiesTest {
  private static final String PATH = "/v1/loadbalancers";
  private static final Customer CUSTOMER = new Customer("bad");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name": 5}                              | name: must be a text
          {"name": ["x"]}                          | name: must be a text
          {"deleteProtection": "yes"}              | deleteProtection: must be true or false
          {"listeners": {}}                        | listeners: must be a list
          {"listeners": [{"port": "80"}]}          | listeners[0].port: must be a whole number
          {"listeners": [{"port": 80.5}]}          | listeners[0].port: must be a whole number
          {"listeners": [{"port": 99999999999}]}   | listeners[0].port:
          {"labels": ["a"]}                        | labels: must be an object
          {"labels": {"a": {}}}                    | labels.a: must be a text
          [1, 2]                                   | the body: must be an object
          {"name":                                 | the body
          not json at all                          | the body is no JSON
          {"description": "x"}                     | subnet: is required
          null                                     | the body: is required
          """)
  void fieldIsNamed(String body, String message) {
    CUSTOMER
        .post(PATH, body)
        .statusCode(400)
        .contentType("application/json")
        .body("message", containsString(message))
        .body("message", not(containsString("\n")))
        .body("message.length()", lessThan(400));
  }

  @Test
  void bodyIsNeitherMissingNorDeep() {
    CUSTOMER
        .as()
        .contentType("application/json")
        .post(PATH)
        .then()
        .statusCode(400)
        .body("message", containsString("the body: is required"));
    CUSTOMER
        .post(PATH, "{\"x\":".repeat(5000) + "1" + "}".repeat(5000))
        .statusCode(400)
        .body("message", containsString("nested too deeply"));
    CUSTOMER.get(PATH).statusCode(200);
  }

  @Test
  void largeBodyIsRefusedBeforeItComes() throws IOException {
    assertThat(answer("Content-Length: 10000000"))
        .startsWith("HTTP/1.1 413 ")
        .contains("application/json")
        .endsWith("{\"message\":\"the body is larger than the 1048576 bytes that are taken\"}");
  }

  /** To a request of these headers, whose body never comes. */
  private static String answer(String header) throws IOException {
    var url = URI.create(CUSTOMER.api.url());
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      var request =
          """
          POST /v1/loadbalancers HTTP/1.1
          Host: localhost
          Authorization: Token %s
          Content-Type: application/json
          Connection: close
          %s

          """
              .formatted(CUSTOMER.token, header)
              .replace("\n", "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; drop table token; --",
        "<script>alert(1)</script>",
        "{{7*7}}${7*7}",
        "../../etc/passwd",
        "ünïcödé 🦊"
      })
  void textsAreOnlyTexts(String text) {
    var body = Bodies.loadBalancer(text, CUSTOMER.subnet());
    body.put("description", text);
    body.put("annotations", Map.of("text", text));
    var identity = CUSTOMER.create(PATH, body);
    CUSTOMER
        .get(PATH + "/" + identity)
        .body("name", is(text))
        .body("description", is(text))
        .body("annotations.text", is(text));
    CUSTOMER.as().queryParam("name", text).get(PATH).then().body("name", everyItem(is(text)));
    var escaped = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    CUSTOMER.as().urlEncodingEnabled(false).get(PATH + "/" + escaped).then().statusCode(404);
    CUSTOMER
        .post(PATH, Bodies.with(body, "subnet", text))
        .statusCode(404)
        .body("message", containsString("subnet: there is no subnet"));
    CUSTOMER.post(PATH, Bodies.with(body, "labels", Map.of(text, "x"))).statusCode(400);
    CUSTOMER.post(PATH, Bodies.with(body, "labels", Map.of("x", text))).statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'; drop table token; --", "<script>alert(1)</script>", "{{7*7}}${7*7}"})
  void textsOfEveryObjectAreOnlyTexts(String text) {
    var group = CUSTOMER.targetGroup("texts");
    var listeners = "/v1/loadbalancers/" + CUSTOMER.loadBalancer("texts") + "/listeners";
    var check =
        Map.of(
            "protocol",
            "http",
            "port",
            80,
            "path",
            "/x",
            "periodSeconds",
            5,
            "timeoutSeconds",
            5,
            "unhealthyThreshold",
            1,
            "healthyThreshold",
            1);
    var subnet = Map.of("vpcIdentity", CUSTOMER.vpc(), "cidr", "10.0.9.0/24");
    echoed(listeners, Bodies.listener("x", 80, "tcp", group), text);
    echoed(
        "/v1/loadbalancer-target-groups",
        Bodies.with(Bodies.targetGroup("x", CUSTOMER.vpc()), "healthCheck", check),
        text);
    var guarded =
        Bodies.with(
            Bodies.securityGroup("x", CUSTOMER.vpc()),
            "ingressRules",
            List.of(Bodies.rule(text, "0.0.0.0/0")));
    var guard = echoed("/v1/security-groups", guarded, text);
    CUSTOMER.get(guard).body("ingressRules[0].name", is(text));
    CUSTOMER.delete(echoed("/v1/subnets", Bodies.with(Map.copyOf(subnet)), text)).statusCode(204);
    var region = Map.<String, Object>of("cloudRegionIdentity", Api.REGION);
    CUSTOMER.delete(echoed("/v1/vpcs", region, text)).statusCode(204);
  }

  /** The path of what was made with this name and description. */
  private static String echoed(String path, Map<String, Object> body, String text) {
    var named = Bodies.with(Bodies.with(body, "name", text), "description", text);
    var object = path + "/" + CUSTOMER.create(path, named);
    CUSTOMER.get(object).statusCode(200).body("name", is(text)).body("description", is(text));
    return object;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          loadbalancingPolicy | LEAST | loadbalancingPolicy: "LEAST" is none of
          protocol | sctp | protocol: "sctp" is none of
          """)
  void unknownWordIsNamedBesideThoseThatAreKnown(String field, String word, String message) {
    CUSTOMER
        .post(
            "/v1/loadbalancer-target-groups",
            Bodies.with(Bodies.targetGroup("x", CUSTOMER.vpc()), field, word))
        .statusCode(400)
        .body("message", containsString(message));
  }

  @Test
  void longTextsAreRefused() {
    CUSTOMER
        .post(PATH, Bodies.loadBalancer("x".repeat(254), CUSTOMER.subnet()))
        .statusCode(400)
        .body("message", is("name: has 254 characters, at most 253 are allowed"));
    var groups = java.util.Collections.nCopies(17, "sg-x");
    CUSTOMER
        .post(
            PATH,
            Bodies.with(
                Bodies.loadBalancer("x", CUSTOMER.subnet()), "securityGroupAttachments", groups))
        .statusCode(400)
        .body("message", containsString("securityGroupAttachments: "));
  }

  @Test
  void whatIsNotThereSaysSo() {
    for (var path : List.of("/v1/nothing", "/v1/loadbalancers/", "/v1/loadbalancers/a/b/c")) {
      CUSTOMER.get(path).statusCode(404).contentType("application/json");
    }
    CUSTOMER
        .as()
        .contentType("application/json")
        .patch(PATH)
        .then()
        .statusCode(405)
        .body("message", containsString("no such method"));
    CUSTOMER.as().contentType("text/plain").body("x").post(PATH).then().statusCode(415);
    CUSTOMER
        .as()
        .header("X-Request-Id", "from-the-client")
        .get(PATH + "/x")
        .then()
        .statusCode(404)
        .header("X-Request-Id", is("from-the-client"));
  }
}
