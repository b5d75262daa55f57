package cloud.thalassa.lb.rest;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.e2e.Figures;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the REST service takes on one processor, with a thousand load balancers: a mix of requests
 * that come when they come, whether or not the last one was answered. Not a test.
 */
class ApiMeasurement {
  private static final int LOAD_BALANCERS = Integer.getInteger("api.loadBalancers", 1000);
  private static final int RATE = Integer.getInteger("api.rate", 500);
  private static final int SECONDS = Integer.getInteger("api.seconds", 60);
  private static final int LISTS = 50;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AtomicInteger failures = new AtomicInteger();

  @Test
  void mixedRequestsOnOneProcessor() throws Exception {
    try (var customer = new Customer("measured", 0)) {
      fill(customer);
      var start = new Figures("lb-api: start to ready, without a start cache");
      var from = System.nanoTime();
      var api = Api.another(customer.api.database, Map.of("THALASSA_RATE_REQUESTS", "0"));
      start.add(from, System.nanoTime());
      System.out.println(start);
      pin(api.pid());
      mixed(api, customer, 5, new Figures("warming up"));
      failures.set(0);
      var mixed = new Figures("%d requests/s, mixed".formatted(RATE));
      mixed(api, customer, SECONDS, mixed);
      System.out.println(mixed);
      System.out.println("| of these failed | " + failures + " |");
      var lists = new Figures("%d load balancers listed".formatted(LOAD_BALANCERS));
      for (int i = 0; i < LISTS; i++) {
        ask(api, customer, lists, "GET", "/v1/loadbalancers", "");
      }
      System.out.println(lists);
      System.out.println("| lb-api: resident after that | " + residentMiB(api.pid()) + " MiB |");
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
  }

  /** Of twenty requests: sixteen read one object, two a fiftieth of all, two change one. */
  private void mixed(Api api, Customer customer, int seconds, Figures figures) {
    List<String> identities = customer.get("/v1/loadbalancers").extract().path("identity");
    var begin = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RATE * seconds; i++) {
        var due = begin + i * (Duration.ofSeconds(1).toNanos() / RATE);
        LockSupport.parkNanos(due - System.nanoTime());
        var one = "/v1/loadbalancers/" + identities.get(i * 37 % identities.size());
        var number = i;
        threads.submit(
            () ->
                switch (number % 20) {
                  case 7, 17 ->
                      ask(
                          api,
                          customer,
                          figures,
                          "GET",
                          "/v1/loadbalancers?matchLabels[shard]=s7",
                          "");
                  case 3, 13 ->
                      ask(
                          api,
                          customer,
                          figures,
                          "PUT",
                          one,
                          "{\"name\": \"changed\", \"description\": \"%d\"}".formatted(number));
                  default -> ask(api, customer, figures, "GET", one, "");
                });
      }
    }
  }

  private Void ask(
      Api api, Customer customer, Figures figures, String method, String path, String body)
      throws IOException, InterruptedException {
    var escaped = path.replace("[", "%5B").replace("]", "%5D");
    var request =
        HttpRequest.newBuilder(URI.create(api.url() + escaped))
            .header("Authorization", "Token " + customer.token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var from = System.nanoTime();
    var status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
    figures.add(from, System.nanoTime());
    if (status != 200) {
      failures.incrementAndGet();
    }
    return null;
  }

  private static void pin(long pid) throws IOException, InterruptedException {
    new ProcessBuilder("taskset", "-a", "-p", "-c", "0", Long.toString(pid))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
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
