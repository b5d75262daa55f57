package cloud.thalassa.lb.rest;

import cloud.thalassa.lb.e2e.Figures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Requests of one customer, measured. */
final class Requests {
  private static final String SOME = "/v1/loadbalancers?matchLabels%5Bshard%5D=s7";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String token;

  Requests(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /**
   * Of twenty requests: sixteen read one object, two a fiftieth of all, two change one. A figure
   * counts from when the request was due, so that one that had to wait for others is not left out.
   *
   * @param figures of all
   * @param changes of those that changed one
   * @return how many failed
   */
  int mixed(int rate, int seconds, List<String> identities, Figures figures, Figures changes) {
    var failed = new AtomicInteger();
    var begin = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < rate * seconds; i++) {
        var number = i;
        long due = begin + i * (Duration.ofSeconds(1).toNanos() / rate);
        LockSupport.parkNanos(due - System.nanoTime());
        var one = "/v1/loadbalancers/" + identities.get(i * 37 % identities.size());
        threads.execute(
            () -> {
              var request = request(number, one);
              if (!ask(request, due, figures)) {
                failed.incrementAndGet();
              } else if (request.method().equals("PUT")) {
                changes.add(due, System.nanoTime());
              }
            });
      }
    }
    return failed.get();
  }

  /** False: it failed. */
  boolean get(String path, Figures figures) {
    return ask(to(path).GET().build(), System.nanoTime(), figures);
  }

  private HttpRequest request(int number, String one) {
    return switch (number % 20) {
      case 7, 17 -> to(SOME).GET().build();
      case 3, 13 -> to(one).PUT(BodyPublishers.ofString(change(number))).build();
      default -> to(one).GET().build();
    };
  }

  private static String change(int number) {
    return "{\"name\": \"changed\", \"description\": \"%d\"}".formatted(number);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Token " + token)
        .header("Content-Type", "application/json");
  }

  private boolean ask(HttpRequest request, long from, Figures figures) {
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      figures.add(from, System.nanoTime());
      return status == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
