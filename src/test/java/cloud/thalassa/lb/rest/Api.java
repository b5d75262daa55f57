package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.kube.Program;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program, as a process beside its database; one for all tests of a build. */
final class Api {
  static final String FOUNDER_TOKEN = "tc_pat_of-the-founder";
  static final String FOUNDERS = "founders";
  static final String REGION = "nl-01";
  private static final int PORT = 9080;
  private static Api only;

  final Cluster cluster = Cluster.get();
  final Postgres database;
  private final int port;
  private final Map<String, String> more;
  private final List<String> command;
  private Child process;

  private Api(Postgres database, int port, Map<String, String> more, List<String> command) {
    this.database = database;
    this.port = port;
    this.more = more;
    this.command = command;
    this.process = start();
  }

  /** Started by whoever asks first; ends with the process namespace of the tests. */
  static synchronized Api get() {
    if (only == null) {
      only = new Api(Postgres.start(), PORT, Map.of(), command(PORT));
    }
    return only;
  }

  /** One more, on a database of its own. */
  static Api another(Postgres database) {
    return another(database, Map.of());
  }

  /** With variables of its environment. */
  static Api another(Postgres database, Map<String, String> more) {
    return new Api(database, PORT + 1, more, command(PORT + 1));
  }

  /** As users start it, on the first processor alone. */
  static Api onOneProcessor(Postgres database, Map<String, String> more) {
    var program = KubeTools.REPOSITORY.resolve("bin/thalassa-lb").toString();
    var place = "127.0.0.1:" + (PORT + 1);
    return new Api(
        database,
        PORT + 1,
        more,
        List.of("taskset", "-c", "0", program, "api", "--management", place));
  }

  private static List<String> command(int port) {
    return Program.API.command("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port);
  }

  void kill() {
    process.kill();
  }

  void restart() {
    process = start();
  }

  private Child start() {
    try {
      var environment = new HashMap<>(more);
      environment.put("KUBECONFIG", kubeconfig().toString());
      environment.put("THALASSA_DATABASE_ADDRESS", database.address());
      environment.put("THALASSA_DATABASE_USER", Postgres.USER);
      environment.put("THALASSA_DATABASE_PASSWORD", Postgres.PASSWORD);
      environment.put("THALASSA_REGION_SLUG", REGION);
      environment.put("THALASSA_ADDRESS_PATIENCE", "0S");
      environment.put("THALASSA_FOUNDER_ORGANISATION", FOUNDERS);
      environment.put("THALASSA_FOUNDER_TOKEN", FOUNDER_TOKEN);
      var log = KubeTools.target().resolve("lb-api-" + port + ".log");
      var child = Child.start("lb-api", log, environment, command);
      await("lb-api is ready").atMost(Duration.ofSeconds(90)).until(() -> ready(child));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of what {@code k8s/api} lets it do. */
  private Path kubeconfig() throws IOException {
    var manifests = KubeTools.REPOSITORY.resolve("k8s");
    for (var file : List.of("base/namespace.yaml", "api/rights.yaml", "api/admission.yaml")) {
      cluster.kubectl("apply", "--server-side", "-f", manifests.resolve(file).toString());
    }
    return cluster.api().kubeconfig("thalassa-system", "api");
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

  long pid() {
    return process.pid();
  }

  void stop() {
    process.terminate();
    process.exitCode(30);
  }
}
