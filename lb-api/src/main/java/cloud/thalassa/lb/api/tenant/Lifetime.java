package cloud.thalassa.lb.api.tenant;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a token is good, as clients write it: whole seconds, or a duration of Go. */
public final class Lifetime {
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofHours(24);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern GO = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?(?:h|ms|m|s))+");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(h|ms|m|s)");
  private static final Map<String, BigDecimal> MILLIS =
      Map.of(
          "h", BigDecimal.valueOf(3_600_000),
          "m", BigDecimal.valueOf(60_000),
          "s", BigDecimal.valueOf(1000),
          "ms", BigDecimal.ONE);

  private Lifetime() {}

  /** Empty: it is none, or not from a minute to a day. */
  public static Optional<Duration> parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.of(AccessTokens.LIFETIME);
    }
    return duration(text).filter(it -> it.compareTo(LEAST) >= 0 && it.compareTo(MOST) <= 0);
  }

  private static Optional<Duration> duration(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    if (text.length() > 64 || !GO.matcher(text).matches()) {
      return Optional.empty();
    }
    var millis =
        PART.matcher(text)
            .results()
            .map(part -> new BigDecimal(part.group(1)).multiply(MILLIS.get(part.group(2))))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return Optional.of(Duration.ofSeconds(millis.longValue() / 1000));
  }
}
