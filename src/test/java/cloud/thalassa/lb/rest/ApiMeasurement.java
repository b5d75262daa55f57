package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.event.Event;
import cloud.thalassa.lb.e2e.Figures;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the REST service takes on one processor, with a thousand load balancers: a mix of requests
 * that come when they come, whether or not the last one was answered, while others read streams of
 * events. Everybody else has the other processors. Not a test.
 */
class ApiMeasurement {
  private static final int LOAD_BALANCERS = Integer.getInteger("api.loadBalancers", 1000);
  private static final int RATE = Integer.getInteger("api.rate", 500);
  private static final int SECONDS = Integer.getInteger("api.seconds", 60);
  private static final int STREAMS = Integer.getInteger("api.streams", 20);
  private static final int STARTS = 5;
  private static final int LISTS = 50;
  private static final Map<String, String> UNLIMITED = Map.of("THALASSA_RATE_REQUESTS", "0");

  @Test
  void mixedRequestsOnOneProcessor() throws Exception {
    try (var customer = new Customer("measured")) {
      fill(customer);
      Processors.leaveTheFirst();
      var api = started(customer);
      try {
        List<String> identities = customer.get("/v1/loadbalancers").extract().path("identity");
        var requests = new Requests(api.url(), customer.token);
        var warm = new Figures("warming up");
        requests.mixed(RATE, 20, identities, warm, warm);
        lists(requests);
        mixed(api, customer, requests, identities);
        lists(requests);
        System.out.println("| lb-api: resident after that | " + residentMiB(api.pid()) + " MiB |");
      } finally {
        api.stop();
        Processors.takeAll();
      }
      customer.client().resources(LoadBalancer.class).inNamespace(customer.namespace).delete();
    }
  }

  private static Api started(Customer customer) throws IOException {
    var cache = KubeTools.REPOSITORY.resolve("lb-api/target/app.aot");
    var with = Files.exists(cache) ? "with" : "without";
    var start = new Figures("lb-api: start to ready, %s a start cache".formatted(with));
    for (int i = 1; ; i++) {
      var from = System.nanoTime();
      var api = Api.onOneProcessor(customer.api.database, UNLIMITED);
      start.add(from, System.nanoTime());
      if (i == STARTS) {
        System.out.println(start);
        System.out.println("| lb-api: resident when ready | " + residentMiB(api.pid()) + " MiB |");
        return api;
      }
      api.stop();
    }
  }

  private static void fill(Customer customer) {
    IntStream.range(0, LOAD_BALANCERS)
        .parallel()
        .forEach(
            i -> {
              var balancer = new LoadBalancer();
              balancer.setMetadata(
                  new ObjectMetaBuilder()
                      .withNamespace(customer.namespace)
                      .withName("lb-" + i)
                      .addToLabels("shard", "s" + i % 50)
                      .build());
              balancer.setSpec(new LoadBalancerSpec(null, null, null, null, 2, null, null, null));
              customer.client().resource(balancer).create();
            });
    await("all are seen")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                customer.get("/v1/loadbalancers").extract().path("size()").equals(LOAD_BALANCERS));
  }

  /** Each stream is of a load balancer to which something happens once a second. */
  private static void mixed(Api api, Customer customer, Requests requests, List<String> identities)
      throws Exception {
    var readers = new ArrayList<EventReader>();
    try (var database = customer.api.database.connection();
        var events = Executors.newSingleThreadScheduledExecutor()) {
      for (var identity : identities.subList(0, Math.min(STREAMS, identities.size()))) {
        var url = api.url() + "/v1/loadbalancers/" + identity + "/events";
        readers.add(new EventReader(url, customer.token, Map.of()));
      }
      var names = names(customer, readers.size());
      events.scheduleAtFixedRate(() -> tell(database, customer, names), 1, 1, TimeUnit.SECONDS);
      var figures = new Figures("%d requests/s, mixed".formatted(RATE));
      var changes = new Figures("those of them that changed one");
      var busy = Processors.cpuMillis(api.pid());
      var all = Processors.cpuMillis();
      int failed = requests.mixed(RATE, SECONDS, identities, figures, changes);
      busy = Processors.cpuMillis(api.pid()) - busy;
      all = Processors.cpuMillis() - all;
      System.out.println(figures);
      System.out.println(changes);
      System.out.println("| of these failed | " + failed + " |");
      System.out.println("| processor time of that | " + busy / (10 * SECONDS) + " % of a core |");
      System.out.println("| of all else meanwhile | " + (all - busy) / (10 * SECONDS) + " % |");
    } finally {
      var read = readers.stream().mapToInt(it -> it.data().size()).sum();
      var ended = readers.stream().filter(EventReader::ended).count();
      System.out.printf(
          "| %d streams had meanwhile, and ended | %d events, %d |%n", readers.size(), read, ended);
      readers.forEach(EventReader::close);
    }
  }

  /** In the cluster, where a slug's last six characters are not. */
  private static List<String> names(Customer customer, int most) {
    List<String> slugs = customer.get("/v1/loadbalancers").extract().path("slug");
    return slugs.stream().limit(most).map(it -> it.substring(0, it.length() - 6)).toList();
  }

  /** Over a connection that is there: one of its own for each would take more than all else. */
  private static void tell(Connection database, Customer customer, List<String> names) {
    try {
      for (var name : names) {
        var balancer = customer.namespace + "/" + name;
        var event = new Event.Failover(balancer, "It died.", "2026-11-29T20:00:00Z");
        EventsTest.store(database, customer.organisation, event);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lists(Requests requests) {
    var figures = new Figures("%d load balancers listed".formatted(LOAD_BALANCERS));
    int failed = 0;
    for (int i = 0; i < LISTS; i++) {
      failed += requests.get("/v1/loadbalancers", figures) ? 0 : 1;
    }
    System.out.println(figures);
    if (failed > 0) {
      System.out.println("| of these failed | " + failed + " |");
    }
  }

  private static long residentMiB(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }
}
