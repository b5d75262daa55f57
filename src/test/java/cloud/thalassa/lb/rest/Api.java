package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.kube.Program;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** The program, as a process beside its database; one for all tests of a build. */
final class Api {
  static final String FOUNDER_TOKEN = "tc_pat_of-the-founder";
  static final String REGION = "nl-01";
  private static final int PORT = 9080;
  private static Api only;

  final Cluster cluster = Cluster.get();
  final Postgres database;
  private final int port;
  private final Child process;

  private Api(Postgres database, int port) {
    this.database = database;
    this.port = port;
    this.process = start();
  }

  /** Started by whoever asks first; ends with the process namespace of the tests. */
  static synchronized Api get() {
    if (only == null) {
      only = new Api(Postgres.start(), PORT);
    }
    return only;
  }

  /** One more, on a database of its own. */
  static Api another(Postgres database) {
    return new Api(database, PORT + 1);
  }

  private Child start() {
    try {
      var environment =
          Map.of(
              "KUBECONFIG",
              cluster.api().kubeconfig().toString(),
              "THALASSA_DATABASE_ADDRESS",
              database.address(),
              "THALASSA_DATABASE_USER",
              Postgres.USER,
              "THALASSA_DATABASE_PASSWORD",
              Postgres.PASSWORD,
              "THALASSA_REGION_SLUG",
              REGION,
              "THALASSA_ADDRESS_PATIENCE",
              "0S",
              "THALASSA_FOUNDER_ORGANISATION",
              "founders",
              "THALASSA_FOUNDER_TOKEN",
              FOUNDER_TOKEN);
      var command =
          Program.API.command("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port);
      var log = KubeTools.target().resolve("lb-api-" + port + ".log");
      var child = Child.start("lb-api", log, environment, command);
      await("lb-api is ready").atMost(Duration.ofSeconds(90)).until(() -> ready(child));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ready(Child child) {
    if (!child.alive()) {
      throw new IllegalStateException("lb-api did not start:\n" + child.output());
    }
    try {
      return RestAssured.get(url() + "/q/health/ready").statusCode() == 200;
    } catch (Exception notYet) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void stop() {
    process.terminate();
    process.exitCode(30);
  }
}
