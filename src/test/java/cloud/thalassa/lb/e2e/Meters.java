package cloud.thalassa.lb.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What programs answer to Prometheus. */
final class Meters {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Meters() {}

  /**
   * Of the program at an address.
   *
   * @throws IOException it does not answer, because it starts or ends
   */
  static String of(String address) throws IOException {
    var url = URI.create("http://%s:9000/q/metrics".formatted(address));
    var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
