package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthCheckProtocol;
import java.util.List;
import java.util.regex.Pattern;

/** A second look at what the API server refuses in a health check. */
final class HealthCheckRules {
  private static final Pattern PATH = Pattern.compile("/[!-~]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]+");
  private static final Pattern STATUSES = Pattern.compile("[1-5][0-9][0-9](-[1-5][0-9][0-9])?");

  private HealthCheckRules() {}

  static void check(HealthCheck check, List<String> problems) {
    if (check.port() != null) {
      TargetGroupRules.port("healthCheck.port", check.port(), problems);
    }
    range("intervalSeconds", check.intervalSeconds(), 300, problems);
    range("timeoutSeconds", check.timeoutSeconds(), 300, problems);
    range("healthyThreshold", check.healthyThreshold(), 10, problems);
    range("unhealthyThreshold", check.unhealthyThreshold(), 10, problems);
    if (check.timeoutSeconds() > check.intervalSeconds()) {
      problems.add(
          "healthCheck.timeoutSeconds: %d must not be more than intervalSeconds, which is %d."
              .formatted(check.timeoutSeconds(), check.intervalSeconds()));
    }
    http(check, problems);
  }

  private static void http(HealthCheck check, List<String> problems) {
    boolean says =
        check.path() != null || check.host() != null || !check.expectedStatuses().isEmpty();
    if (says && check.protocol() != HealthCheckProtocol.HTTP) {
      problems.add(
          "healthCheck: path, host and expectedStatuses belong to protocol HTTP: set it, or leave"
              + " them out.");
    }
    if (check.path() != null && !PATH.matcher(check.path()).matches()) {
      problems.add("healthCheck.path must begin with / and hold no spaces or control characters.");
    }
    if (check.host() != null && !HOST.matcher(check.host()).matches()) {
      problems.add("healthCheck.host must be a host name or address, with or without a port.");
    }
    for (int i = 0; i < check.expectedStatuses().size(); i++) {
      var statuses = check.expectedStatuses().get(i);
      if (!STATUSES.matcher(statuses).matches()
          || (statuses.length() > 3
              && statuses.substring(0, 3).compareTo(statuses.substring(4)) > 0)) {
        problems.add(
            "healthCheck.expectedStatuses[%d]: %s must be a status such as 200, or a range such as 200-399."
                .formatted(i, statuses));
      }
    }
  }

  private static void range(String field, int value, int most, List<String> problems) {
    if (value < 1 || value > most) {
      problems.add("healthCheck.%s: %d must be 1..%d.".formatted(field, value, most));
    }
  }
}
