package cloud.thalassa.lb.operator.service;

import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_DOWN_THRESHOLD;
import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_ENABLED;
import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_INTERVAL;
import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_PATH;
import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_PORT;
import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_PROTOCOL;
import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_TIMEOUT;
import static cloud.thalassa.lb.operator.front.Annotation.HEALTH_CHECK_UP_THRESHOLD;

import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthCheckProtocol;
import cloud.thalassa.lb.operator.front.Annotation;
import cloud.thalassa.lb.operator.front.Annotations;
import cloud.thalassa.lb.operator.front.Remarks;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code health-check-...} annotations. */
final class HealthChecks {
  private static final String NO_CHECK = "no check is made, the readiness of pods decides";
  private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9-]{1,15}");
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
  private static final Pattern PATH = Pattern.compile("/[!-~]{0,1023}");
  private static final int INTERVAL = 10;
  private static final int TIMEOUT = 5;

  private final Annotations annotations;
  private final Remarks remarks;

  private HealthChecks(Annotations annotations, Remarks remarks) {
    this.annotations = annotations;
    this.remarks = remarks;
  }

  /** Null: the readiness of pods decides. */
  static @Nullable HealthCheck of(Annotations annotations, Remarks remarks) {
    return new HealthChecks(annotations, remarks).read();
  }

  private @Nullable HealthCheck read() {
    if (!annotations.holds(HEALTH_CHECK_ENABLED)) {
      var idle =
          Stream.of(Annotation.values())
              .filter(it -> it.toString().startsWith("health-check-"))
              .filter(it -> it != HEALTH_CHECK_ENABLED && annotations.text(it) != null)
              .map(Annotation::toString)
              .collect(Collectors.joining(", "));
      if (!idle.isEmpty()) {
        remarks.note("%s: without effect while health-check-enabled is not true.".formatted(idle));
      }
      return null;
    }
    var port = port();
    var protocol = protocol();
    return port == null || protocol == null ? null : check(port, protocol);
  }

  private HealthCheck check(IntOrString port, HealthCheckProtocol protocol) {
    int interval = annotations.number(HEALTH_CHECK_INTERVAL, 1, 300, INTERVAL);
    return new HealthCheck(
        protocol,
        port,
        path(protocol),
        null,
        List.of(),
        interval,
        timeout(interval),
        annotations.number(HEALTH_CHECK_UP_THRESHOLD, 1, 10, 2),
        annotations.number(HEALTH_CHECK_DOWN_THRESHOLD, 1, 10, 3));
  }

  /** A check must have ended when the next one begins. */
  private int timeout(int interval) {
    int timeout = annotations.number(HEALTH_CHECK_TIMEOUT, 1, 300, Math.min(TIMEOUT, interval));
    if (timeout > interval) {
      remarks.setting(
          "health-check-timeout: %1$d is more than health-check-interval, which is %2$d; %2$d is in effect."
              .formatted(timeout, interval));
    }
    return Math.min(timeout, interval);
  }

  private @Nullable IntOrString port() {
    var text = annotations.text(HEALTH_CHECK_PORT);
    if (text == null) {
      remarks.unclear(
          HEALTH_CHECK_PORT,
          "health-check-port is missing: health-check-enabled needs the port of the pods that answers",
          NO_CHECK);
      return null;
    }
    if (NAME.matcher(text).matches()) {
      return new IntOrString(text);
    }
    if (PORT.matcher(text).matches() && Integer.parseInt(text) <= 65535) {
      return new IntOrString(Integer.parseInt(text));
    }
    remarks.unclear(
        HEALTH_CHECK_PORT,
        "health-check-port: \"%s\" must be 1..65535, or the name of a container port"
            .formatted(text),
        NO_CHECK);
    return null;
  }

  private @Nullable HealthCheckProtocol protocol() {
    var text = Objects.requireNonNullElse(annotations.text(HEALTH_CHECK_PROTOCOL), "http");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "http" -> HealthCheckProtocol.HTTP;
      case "tcp" -> HealthCheckProtocol.TCP;
      default -> {
        remarks.unclear(
            HEALTH_CHECK_PROTOCOL,
            "health-check-protocol: \"%s\" must be http or tcp".formatted(text),
            NO_CHECK);
        yield null;
      }
    };
  }

  private @Nullable String path(HealthCheckProtocol protocol) {
    var text = annotations.text(HEALTH_CHECK_PATH);
    if (protocol == HealthCheckProtocol.TCP) {
      if (text != null) {
        remarks.note("health-check-path: without effect on a check by tcp.");
      }
      return null;
    }
    if (text == null || PATH.matcher(text).matches()) {
      return text == null ? "/healthz" : text;
    }
    remarks.unclear(
        HEALTH_CHECK_PATH,
        "health-check-path: \"%s\" must begin with / and hold no spaces".formatted(text),
        "the default, /healthz, is in effect");
    return "/healthz";
  }
}
