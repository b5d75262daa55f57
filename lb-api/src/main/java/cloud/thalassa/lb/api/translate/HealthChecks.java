package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.HealthCheckBody;
import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthCheckProtocol;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Health checks as clients write them. What is HTTPS is checked by a connection alone. */
final class HealthChecks {
  private static final List<String> WORDS = List.of("tcp", "http", "https", "udp");
  private static final int INTERVAL = 10;
  private static final int TIMEOUT = 5;
  private static final int UNHEALTHY = 3;
  private static final int HEALTHY = 2;

  private HealthChecks() {}

  /** Refuses what cannot be checked; numbers that are 0 stay, and mean the default. */
  static @Nullable HealthCheckBody checked(@Nullable HealthCheckBody body) {
    if (body == null) {
      return null;
    }
    var protocol = Text.oneOf("healthCheck.protocol", body.protocol(), WORDS);
    if (protocol.equals("udp")) {
      throw Refusal.invalid(
          "healthCheck.protocol", "udp answers nothing that could be checked: use tcp or http");
    }
    Text.within("healthCheck.port", number(body.port(), 0), 0, 65535);
    Text.within("healthCheck.periodSeconds", number(body.periodSeconds(), 0), 0, 300);
    Text.within("healthCheck.timeoutSeconds", number(body.timeoutSeconds(), 0), 0, 300);
    Text.within("healthCheck.unhealthyThreshold", number(body.unhealthyThreshold(), 0), 0, 10);
    Text.within("healthCheck.healthyThreshold", number(body.healthyThreshold(), 0), 0, 10);
    var path = body.path() == null ? "" : body.path();
    if (path.length() > 1024 || !path.matches("(/[!-~]*)?")) {
      throw Refusal.invalid(
          "healthCheck.path",
          "must begin with / and hold at most 1024 characters without spaces and control characters");
    }
    return new HealthCheckBody(
        protocol,
        number(body.port(), 0),
        path,
        number(body.periodSeconds(), 0),
        number(body.timeoutSeconds(), 0),
        number(body.unhealthyThreshold(), 0),
        number(body.healthyThreshold(), 0));
  }

  static HealthCheck over(HealthCheckBody body, int targetPort, @Nullable HealthCheck previous) {
    boolean http = "http".equals(body.protocol());
    var kept =
        http && previous != null && previous.protocol() == HealthCheckProtocol.HTTP
            ? previous
            : null;
    int port = number(body.port(), 0);
    int period = number(body.periodSeconds(), INTERVAL);
    return new HealthCheck(
        http ? HealthCheckProtocol.HTTP : HealthCheckProtocol.TCP,
        port(port, targetPort, previous),
        http && body.path() != null && !body.path().isEmpty() ? body.path() : null,
        kept == null ? null : kept.host(),
        kept == null ? List.of() : kept.expectedStatuses(),
        period,
        Math.min(number(body.timeoutSeconds(), TIMEOUT), period),
        number(body.healthyThreshold(), HEALTHY),
        number(body.unhealthyThreshold(), UNHEALTHY));
  }

  /** A port that follows the target's, or has a name, stays so as long as it means the same. */
  private static @Nullable IntOrString port(
      int port, int targetPort, @Nullable HealthCheck previous) {
    if (port == 0) {
      return null;
    }
    if (previous != null && port == targetPort) {
      var before = previous.port();
      if (before == null || before.getIntVal() == null) {
        return before;
      }
    }
    return new IntOrString(port);
  }

  static @Nullable HealthCheckBody derived(@Nullable HealthCheck check, int targetPort) {
    return check == null
        ? null
        : new HealthCheckBody(
            check.protocol().name().toLowerCase(Locale.ROOT),
            check.port() == null || check.port().getIntVal() == null
                ? targetPort
                : check.port().getIntVal(),
            check.path() == null ? "" : check.path(),
            check.intervalSeconds(),
            check.timeoutSeconds(),
            check.unhealthyThreshold(),
            check.healthyThreshold());
  }

  private static int number(@Nullable Integer given, int otherwise) {
    return given == null || given == 0 ? otherwise : given;
  }
}
