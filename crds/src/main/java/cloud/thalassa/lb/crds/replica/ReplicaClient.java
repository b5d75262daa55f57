package cloud.thalassa.lb.crds.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks replicas on their management port. They lie where their tenants have rights: whoever asks
 * waits for a moment only, takes so much of an answer and no more, and believes it about that
 * replica's load balancer alone.
 */
public final class ReplicaClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String METERS = "/q/metrics";

  /** Bytes: thousands of rules and targets. */
  private static final int LONGEST_ANSWER = 8 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT)
          .build();

  /**
   * What the replica answers; blocks for two seconds at most.
   *
   * @param path with its query
   * @throws IOException it does not answer in time, or with something else
   */
  public <T> T get(Replica replica, String path, Class<T> form)
      throws IOException, InterruptedException {
    return JSON.readValue(bytes(replica, path), form);
  }

  /** What it counts, in the format of Prometheus; likewise. */
  public String meters(Replica replica) throws IOException, InterruptedException {
    return new String(bytes(replica, METERS), UTF_8);
  }

  private byte[] bytes(Replica replica, String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(replica.uri(path)).timeout(PATIENCE).build();
    var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER);
    var asked = client.sendAsync(request, body);
    try {
      var response = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + PATIENCE.toSeconds() + " s", e);
    } finally {
      asked.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
