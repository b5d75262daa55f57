package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page. */
class ConsolePagesTest {
  private static final Customer OWNER = new Customer("console-owner");
  private static final Customer STRANGER = new Customer("console-stranger");
  private static final Signed SIGNED = Signed.in(OWNER);
  private static final Signed OTHER = Signed.in(STRANGER);

  private static final String EVIL =
      "<img src=x onerror=alert(1)>'\"><script>alert(1)</script>{page.stamp}";
  private static final String GROUP = group();
  private static final String BALANCER = balancer();
  private static final String LISTENER = listener();

  /** Whatever would run in a page without being one of our files. */
  private static final Pattern SCRIPT =
      Pattern.compile("<script(?![^>]*src=\"/console/assets/)|<style|=\"javascript:");

  /** Where values of attributes are taken out. */
  private static final Pattern HANDLER = Pattern.compile("<[^>]+\\s(style|on[a-z]+)=");

  @AfterAll
  static void leave() {
    OWNER.close();
    STRANGER.close();
  }

  private static String group() {
    var body = Bodies.targetGroup(EVIL, OWNER.vpc());
    body.put("description", EVIL);
    body.put("annotations", Map.of("note", EVIL));
    return OWNER.create("/v1/loadbalancer-target-groups", body);
  }

  private static String balancer() {
    var body = Bodies.loadBalancer(EVIL, OWNER.subnet());
    body.put("description", EVIL);
    body.put("annotations", Map.of("note", EVIL));
    return OWNER.create("/v1/loadbalancers", body);
  }

  private static String listener() {
    var body = Bodies.listener(EVIL, 80, "tcp", GROUP);
    body.put("description", EVIL);
    return OWNER.create("/v1/loadbalancers/" + BALANCER + "/listeners", body);
  }

  private static List<String> own() {
    var balancer = "/console/loadbalancers/" + BALANCER;
    var group = "/console/target-groups/" + GROUP;
    return List.of(
        balancer,
        balancer + "/live",
        balancer + "/edit",
        balancer + "/delete",
        balancer + "/listeners/new",
        balancer + "/listeners/" + LISTENER,
        balancer + "/listeners/" + LISTENER + "/delete",
        group,
        group + "/edit",
        group + "/delete");
  }

  static Stream<String> pages() {
    return Stream.concat(
        own().stream(),
        Stream.of(
            "/console/loadbalancers",
            "/console/loadbalancers/live",
            "/console/loadbalancers?name=%3Cscript%3Ealert(1)%3C/script%3E&state=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
            "/console/loadbalancers/new",
            "/console/target-groups",
            "/console/target-groups/new",
            "/console/audit"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatUsersWroteIsTextAndNothingElse(String path) {
    var page = SIGNED.get(path).then().statusCode(200).contentType(startsWith("text/html"));
    var html = page.extract().asString();
    assertThat(html).doesNotContain("<img", "alert(1)</script>");
    assertThat(SCRIPT.matcher(html).results().map(it -> it.group())).isEmpty();
    var bare = html.replaceAll("\"[^\"]*\"", "");
    assertThat(HANDLER.matcher(bare).results().map(it -> it.group())).isEmpty();
    page.header("Cache-Control", is("no-store"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void browsersRunOurFilesAndNothingElse(String path) {
    for (var answer : List.of(SIGNED.get(path), Signed.anybody(OWNER.api.url()).get(path))) {
      answer
          .then()
          .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self';"))
          .header("Content-Security-Policy", not(containsString("unsafe")))
          .header("X-Content-Type-Options", is("nosniff"))
          .header("Referrer-Policy", is("same-origin"))
          .header("X-Frame-Options", is("DENY"));
    }
  }

  @Test
  void whatIsAskedForComesBackAsText() {
    var explanation =
        SIGNED
            .as()
            .queryParam("from", EVIL)
            .queryParam("to", EVIL)
            .get("/console/loadbalancers/" + BALANCER + "/explanation")
            .then()
            .statusCode(200)
            .body(containsString("from: must be an address and a port"))
            .extract()
            .asString();
    assertThat(explanation).doesNotContain("<img", "<script");
    var missing = SIGNED.get("/console/loadbalancers/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    missing.then().statusCode(404).contentType(startsWith("text/html"));
    assertThat(missing.asString()).contains("there is no load balancer").doesNotContain("<script>");
  }

  @Test
  void nothingOfOthersIsThere() {
    for (var path : own()) {
      OTHER.get(path).then().statusCode(404).body(not(containsString("alert(1)")));
    }
    for (var path : List.of("/console/loadbalancers", "/console/target-groups", "/console/audit")) {
      OTHER.get(path).then().statusCode(200).body(not(containsString("alert(1)")));
    }
    var fields = Map.of("name", "stolen", "objectVersion", "0");
    for (var path : own()) {
      OTHER.post(path, fields).then().statusCode(not(200)).statusCode(not(303));
    }
    OTHER
        .post("/console/target-groups/" + GROUP + "/attach", Map.of("serverIdentity", "x"))
        .then()
        .statusCode(404);
    SIGNED.get(own().getFirst()).then().statusCode(200);
  }

  @Test
  void anOrganisationOfOthersCannotBeChosen() {
    OTHER
        .as()
        .cookie("thalassa-organisation", OWNER.organisation)
        .get("/console/loadbalancers")
        .then()
        .statusCode(200)
        .body(containsString(STRANGER.slug))
        .body(not(containsString(OWNER.slug)));
  }

  @Test
  void whatIsNotThereIsAPage() {
    SIGNED.get("/console/nothing").then().statusCode(404).contentType(startsWith("text/html"));
    SIGNED
        .get("/console/assets/nothing")
        .then()
        .statusCode(404)
        .contentType(startsWith("text/html"));
  }

  @Test
  void filesAreKeptByBrowsersUntilTheyChange() {
    var page = SIGNED.get("/console/loadbalancers").asString();
    var files = Pattern.compile("/console/assets/[^\"]+").matcher(page).results().toList();
    assertThat(files).hasSize(4);
    for (var file : files) {
      assertThat(file.group()).matches(".*\\?[0-9a-f]{12}");
      SIGNED
          .get(file.group())
          .then()
          .statusCode(200)
          .header("Cache-Control", "public, max-age=31536000, immutable");
    }
  }

  @Test
  void whatWasDoneAtTheConsoleIsInTheAudit() {
    SIGNED.post("/console/loadbalancers/new/check", Map.of("name", "only-tried"));
    SIGNED.post("/console/loadbalancers/new", Map.of("name", "refused-without-a-subnet"));
    await("the audit is written")
        .untilAsserted(
            () ->
                SIGNED
                    .get("/console/audit")
                    .then()
                    .body(containsString("<code>/console/sign-in</code>"))
                    .body(containsString("<code>/console/loadbalancers/new</code>"))
                    .body(not(containsString("/new/check"))));
  }
}
