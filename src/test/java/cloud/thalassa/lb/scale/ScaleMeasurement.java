package cloud.thalassa.lb.scale;

import static cloud.thalassa.lb.scale.Row.say;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.e2e.Figures;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Figures of a large cluster for {@code docs/benchmarks.md}: a real API server, whose pods are
 * objects, with one operator and two health checkers. Not a test: it asserts nothing, and runs only
 * when it is asked for by name.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScaleMeasurement {
  private static final int LOAD_BALANCERS = Integer.getInteger("scale.loadBalancers", 1000);
  private static final int PER_SECOND = Integer.getInteger("scale.changesPerSecond", 20);
  private static final int NOISE = Integer.getInteger("scale.noisePerSecond", 100);
  private static final Duration DURATION =
      Duration.ofSeconds(Integer.getInteger("scale.seconds", 300));
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int OPERATOR_PORT = 9000;

  private static Cluster cluster;
  private static Stock stock;
  private static Measured operator;
  private static Changes changes;

  @BeforeAll
  static void fill() {
    cluster = Cluster.ofObjects();
    var base = KubeTools.REPOSITORY.resolve("k8s/base").toString();
    cluster.kubectl("apply", "--server-side", "-k", base);
    operator = Measured.start(cluster, "operator", "operator-1", OPERATOR_PORT);
    changes = new Changes(cluster.client());
    stock = new Stock(cluster, LOAD_BALANCERS);
    var from = System.nanoTime();
    stock.create();
    say("users' objects and pods written", "%.0f s", (System.nanoTime() - from) / 1e9);
    await("documents of everything")
        .atMost(PATIENCE)
        .ignoreExceptions() // the API server may say "not now"
        .until(() -> configs() == LOAD_BALANCERS && changes.seen() >= stock.targetGroups());
    say("and all documents", "%.0f s", (System.nanoTime() - from) / 1e9);
    settle();
  }

  @AfterAll
  static void end() throws Exception {
    changes.close();
    operator.end();
  }

  @Test
  @Order(1)
  void changesOfPods() {
    steady(stock.pods(), Duration.ofSeconds(Math.min(30, DURATION.toSeconds())), "warm-up: ");
    var writes = Writes.soFar(cluster.client());
    var cpu = operator.cpu();
    var done = steady(stock.pods(), DURATION, "");
    say("operator: CPU", "%.1f %% of a core", percent(operator.cpu().minus(cpu), DURATION));
    say(
        "operator: CPU per change",
        "%.1f ms",
        operator.cpu().minus(cpu).toMillis() / (double) done);
    var written = Writes.soFar(cluster.client()).since(writes);
    say("API writes per change", "%.2f", written.total() / done);
    System.out.println("| written | " + written.byResource() + " |");
    say("operator: resident", "%d MiB", operator.residentMiB());
    say("operator: live heap", "%d MiB", operator.liveHeapMiB());
  }

  @Test
  @Order(2)
  void aNeighbourOfANoisyTenant() {
    var duration = Duration.ofSeconds(Math.max(30, DURATION.toSeconds() / 3));
    neighbour(duration, "alone");
    var noise = new Figures("the noisy tenant's changes to documents");
    var cpu = operator.cpu();
    var noisy =
        CompletableFuture.runAsync(
            () ->
                changes.run(stock.podsOfTheNoisyTenant(), NOISE, duration, new Figures(""), noise));
    neighbour(duration, "beside %d changes a second".formatted(NOISE));
    noisy.join();
    System.out.println(noise);
    say(
        "operator: CPU meanwhile",
        "%.1f %% of a core",
        percent(operator.cpu().minus(cpu), duration));
    settle();
  }

  @Test
  @Order(3)
  void start() {
    operator.end();
    operator = Measured.start(cluster, "operator", "operator-1", OPERATOR_PORT);
    var reconciled = "reconciliations_success_total{controller_name=\"%s\"";
    var first = operator.millisUntil(reconciled.formatted("loadbalancer"), 1);
    var all = operator.millisUntil(reconciled.formatted("loadbalancer"), stock.loadBalancers());
    var groups = operator.millisUntil(reconciled.formatted("targetgroup"), stock.targetGroups());
    say("operator: start to its first reconciliation", "%.1f s", first / 1e3);
    say("operator: start to all load balancers reconciled", "%.1f s", all / 1e3);
    say("operator: start to all target groups reconciled", "%.1f s", groups / 1e3);
    say("operator: CPU of the start", "%.1f s", operator.cpu().toMillis() / 1e3);
    say("operator: resident after the start", "%d MiB", operator.residentMiB());
    say("operator: live heap after the start", "%d MiB", operator.liveHeapMiB());
  }

  @Test
  @Order(4)
  void checksOfTargets() throws Exception {
    stock.check("{\"intervalSeconds\":5,\"timeoutSeconds\":2}");
    await("all pools are checked")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> checkedPools() == stock.targetGroups());
    try (var door = new Door(8080)) {
      var checkers =
          List.of(
              Measured.start(cluster, "healthchecker", "checker-1", 9001),
              Measured.start(cluster, "healthchecker", "checker-2", 9002));
      await("all targets are healthy")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () ->
                  sum(checkers, "thalassa_lb_healthchecker_targets{state=\"healthy\"")
                      == stock.targets());
      var warm = Duration.ofSeconds(20);
      await().pollDelay(warm).atMost(warm.plusSeconds(30)).until(() -> true);
      door.intervals();
      var before = checkers.stream().map(Measured::cpu).toList();
      var window = Duration.ofSeconds(Math.max(30, DURATION.toSeconds() / 5));
      await().pollDelay(window).atMost(window.plusSeconds(30)).until(() -> true);
      var intervals = door.intervals();
      say("targets checked every 5 s by two checkers", "%d", door.targets());
      say("checks per second", "%.0f", intervals.size() / (double) window.toSeconds());
      say("interval, p50", "%.2f s", intervals.get(intervals.size() / 2) / 1e3);
      say("interval, p1", "%.2f s", intervals.get(intervals.size() / 100) / 1e3);
      say("interval, p99", "%.2f s", intervals.get(intervals.size() * 99 / 100) / 1e3);
      say("interval, longest", "%.2f s", intervals.getLast() / 1e3);
      for (var i = 0; i < checkers.size(); i++) {
        var one = checkers.get(i);
        say(
            "checker %d: targets".formatted(i + 1),
            "%.0f",
            one.metric("thalassa_lb_healthchecker_targets{"));
        say(
            "checker %d: CPU".formatted(i + 1),
            "%.1f %% of a core",
            percent(one.cpu().minus(before.get(i)), window));
        say("checker %d: resident".formatted(i + 1), "%d MiB", one.residentMiB());
        one.end();
      }
    }
  }

  private static long steady(List<TargetPod> pods, Duration duration, String what) {
    var answered = new Figures(what + "the change itself (a patch of the pod's status, answered)");
    var documents =
        new Figures(what + "change to written documents, at " + PER_SECOND + " a second");
    changes.run(pods, PER_SECOND, duration, answered, documents);
    settle();
    System.out.println(answered);
    System.out.println(documents);
    return documents.count();
  }

  private static void neighbour(Duration duration, String when) {
    var figures = new Figures("a neighbour's change to its documents, " + when);
    changes.run(stock.podsOfANeighbour(), 2, duration, new Figures(""), figures);
    await().atMost(Duration.ofSeconds(30)).until(() -> figures.count() > 0);
    System.out.println(figures);
  }

  /** Until every change arrived and nothing is written any more. */
  private static void settle() {
    await("every change is in a document").atMost(PATIENCE).until(() -> changes.missing() == 0);
    Writes.settled(cluster.client());
  }

  private static int configs() {
    return cluster
        .client()
        .resources(ForwardingConfig.class)
        .inAnyNamespace()
        .list()
        .getItems()
        .size();
  }

  private static long checkedPools() {
    return cluster
        .client()
        .resources(ForwardingConfig.class)
        .inAnyNamespace()
        .list()
        .getItems()
        .stream()
        .flatMap(config -> config.getSpec().pools().stream())
        .filter(pool -> pool.healthCheck() != null)
        .count();
  }

  private static double sum(List<Measured> programs, String metric) {
    return programs.stream().mapToDouble(program -> program.metric(metric)).sum();
  }

  private static double percent(Duration cpu, Duration of) {
    return 100.0 * cpu.toMillis() / of.toMillis();
  }
}
