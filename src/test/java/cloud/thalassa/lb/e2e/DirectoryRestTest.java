package cloud.thalassa.lb.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code thalassa-lb run DIR}, as those see it who use REST, and those who edit its files. */
class DirectoryRestTest {
  private static final String TARGET = Tenant.newAddress();
  private static final String POOL = Tenant.newAddress().replaceFirst("\\d+$", "240/29");

  @TempDir static Path directory;
  private static Backend backend;
  private static Child program;
  private static String url;
  private static String token;

  @BeforeAll
  static void run() throws IOException {
    backend = Backend.tcp("a", TARGET, 8080);
    Files.createDirectories(directory.resolve("objects"));
    Files.writeString(
        directory.resolve("objects/all.yaml"),
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: pool}
        spec: {default: true, addressPools: [%s]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: a, labels: {app: web}}
        status: {podIP: %s, phase: Running}
        """
            .formatted(POOL, TARGET));
    start();
  }

  private static void start() {
    program = Launcher.run(directory.toString());
    token = said("token: (\\S+)");
    url = said("console: (\\S+)/console");
  }

  private static String said(String pattern) {
    await(pattern)
        .atMost(Duration.ofSeconds(90))
        .until(() -> Pattern.compile(pattern).matcher(program.output()).find());
    var matcher = Pattern.compile(pattern).matcher(program.output());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @AfterAll
  static void end() {
    program.terminate();
    assertThat(program.exitCode(30)).isZero();
    backend.close();
  }

  @Test
  void whatIsMadeByRestIsServedAndIsAFile() throws Exception {
    var balancer = balancer("shop", 80);
    var address = address(balancer);
    assertThat(Client.ask(address, 80)).isEqualTo("a");
    get("/v1/loadbalancers/" + balancer + "/health")
        .statusCode(200)
        .body("targetGroups[0].targets.address", contains(TARGET));
    as().queryParam("from", "198.51.100.7:4431")
        .queryParam("to", address + ":80")
        .get("/v1/loadbalancers/" + balancer + "/explain")
        .then()
        .statusCode(200)
        .body("replica", is("dataplane"))
        .body("explanation.admitted", is(true));

    var listener = only("Listener", "shop");
    Files.writeString(listener, Files.readString(listener).replaceFirst("port: 80\\b", "port: 81"));
    await("the edit is in REST")
        .untilAsserted(
            () -> get("/v1/loadbalancers/" + balancer + "/listeners").body("port", contains(81)));
    await("and in effect")
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(() -> Client.ask(address, 81), "a"::equals);

    as().delete("/v1/loadbalancers/" + balancer).then().statusCode(204);
    get("/v1/loadbalancers/" + balancer).statusCode(404);
    assertThat(listener).doesNotExist();
  }

  @Test
  void whatPeopleWroteIsInRest() throws Exception {
    var file = directory.resolve("objects/people.yaml");
    var text =
        """
        # by hand
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: people}
        """;
    Files.writeString(file, text);
    await("it is in REST")
        .untilAsserted(() -> get("/v1/loadbalancers?name=people").body("name", contains("people")));
    String identity = get("/v1/loadbalancers?name=people").extract().path("[0].identity");
    put(
            "/v1/loadbalancers/" + identity,
            Map.of("name", "people", "description", "of REST", "deleteProtection", true))
        .statusCode(200)
        .body("identity", equalTo(identity));
    assertThat(Files.readString(file)).startsWith("# by hand\n").contains("of REST");
    Files.delete(file);
    await("it is gone from REST")
        .untilAsserted(() -> get("/v1/loadbalancers/" + identity).statusCode(404));
  }

  @Test
  void trafficGoesOnWithoutIt() throws Exception {
    var balancer = balancer("robust", 80);
    var address = address(balancer);
    assertThat(Client.ask(address, 80)).isEqualTo("a");
    var api = api();
    api.destroyForcibly();
    await().until(() -> !api.isAlive());
    for (int i = 0; i < 100; i++) {
      assertThat(Client.ask(address, 80)).isEqualTo("a");
    }
    await("it is back")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(
            () -> get("/v1/loadbalancers/" + balancer).statusCode(200).body("status", is("ready")));
  }

  @Test
  void aRunGoesOnWhereTheLastOneEnded() {
    var balancer = balancer("kept", 80);
    var before = token;
    program.terminate();
    assertThat(program.exitCode(30)).isZero();

    start();
    assertThat(token).isEqualTo(before);
    get("/v1/loadbalancers/" + balancer).statusCode(200);
  }

  @Test
  void whereThereIsNoPostgresTheRunSaysSoAndGoesOn(@TempDir Path other) throws IOException {
    var programs = Files.createTempDirectory(KubeTools.target(), "programs");
    for (var program : List.of("operator", "dataplane", "healthchecker", "lb-api")) {
      Files.createSymbolicLink(programs.resolve(program), KubeTools.REPOSITORY.resolve(program));
    }
    Files.createDirectories(other.resolve("objects"));
    var run = Launcher.startWith("THALASSA_PROGRAMS=" + programs, "run", other.toString());
    await("it says so")
        .atMost(Duration.ofSeconds(60))
        .until(() -> run.output().contains("goes on without lb-api"));
    assertThat(run.output()).containsOnlyOnce("there is no PostgreSQL for lb-api here");
    assertThat(run.alive()).isTrue();
    run.terminate();
    assertThat(run.exitCode(30)).isZero();
  }

  private static ProcessHandle api() {
    return ProcessHandle.of(program.pid())
        .orElseThrow()
        .descendants()
        .filter(it -> commandLine(it).contains("lb-api/target/quarkus-app"))
        .findFirst()
        .orElseThrow();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  private static Path only(String kind, String balancer) throws IOException {
    var own = directory.resolve("objects/via-rest/default");
    assertThat(own.resolve("LoadBalancer/" + balancer + ".yaml")).exists();
    try (var files = Files.list(own.resolve(kind))) {
      return files
          .filter(it -> it.getFileName().toString().contains(balancer))
          .findFirst()
          .orElseThrow();
    }
  }

  /** With one listener, whose target group has the pod. */
  private static String balancer(String name, int port) {
    var vpc = get("/v1/vpcs").statusCode(200).extract();
    var group =
        create(
            "/v1/loadbalancer-target-groups",
            Map.of(
                "name",
                name,
                "vpc",
                vpc.path("[0].identity"),
                "targetPort",
                8080,
                "protocol",
                "tcp",
                "targetSelector",
                Map.of("app", "web")));
    return create(
        "/v1/loadbalancers",
        Map.of(
            "name", name,
            "subnet", vpc.path("[0].subnets[0].identity"),
            "listeners",
                List.of(
                    Map.of(
                        "name",
                        name + "-http",
                        "port",
                        port,
                        "protocol",
                        "tcp",
                        "targetGroup",
                        group))));
  }

  /** As soon as it serves. */
  private static String address(String balancer) {
    await("it is ready")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(() -> get("/v1/loadbalancers/" + balancer).body("status", is("ready")));
    return get("/v1/loadbalancers/" + balancer).extract().path("externalIpAddresses[0]");
  }

  private static RequestSpecification as() {
    return given().baseUri(url).header("Authorization", "Token " + token);
  }

  private static ValidatableResponse get(String path) {
    return as().get(path).then();
  }

  private static ValidatableResponse put(String path, Map<String, ?> body) {
    return as().contentType("application/json").body(body).put(path).then();
  }

  private static String create(String path, Map<String, ?> body) {
    return as().contentType("application/json")
        .body(body)
        .post(path)
        .then()
        .statusCode(201)
        .extract()
        .path("identity");
  }
}
