package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.ApiConfig;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What a token may send, and the headers that say so (draft-ietf-httpapi-ratelimit-headers-10). */
@ApplicationScoped
public class RateLimit {
  private final Optional<Allowance> allowance;
  private final String policy;
  private final String sentence;

  RateLimit(ApiConfig config) {
    var rate = config.rate();
    long window = Math.max(1, rate.window().toSeconds());
    this.allowance =
        rate.requests() <= 0
            ? Optional.empty()
            : Optional.of(new Allowance(rate.requests(), rate.window(), System::nanoTime));
    this.policy = "\"token\";q=%d;w=%d".formatted(rate.requests(), window);
    this.sentence =
        "this token may send %d requests in %d s, and has".formatted(rate.requests(), window);
  }

  /** Counts a request and says so; what is wrong with it, if it is one too many. */
  public Optional<String> count(String token, HttpServerResponse response) {
    return allowance
        .map(it -> it.ask(token))
        .flatMap(
            standing -> {
              response.putHeader("RateLimit-Policy", policy);
              response.putHeader(
                  "RateLimit",
                  "\"token\";r=%d;t=%d".formatted(standing.left(), standing.seconds()));
              if (standing.granted()) {
                return Optional.empty();
              }
              response.putHeader("Retry-After", Long.toString(standing.seconds()));
              return Optional.of("%s: go on in %d s".formatted(sentence, standing.seconds()));
            });
  }
}
