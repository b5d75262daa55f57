package cloud.thalassa.lb.healthchecker.probe;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;

/** Says in words why a connection did not come about, or broke. */
final class ConnectFailure {
  static ProbeResult of(Throwable cause, int timeoutSeconds) {
    var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof ConnectTimeoutException || message.contains("timed out")) {
      return timeout(timeoutSeconds);
    }
    if (cause instanceof NoRouteToHostException || message.contains("no route to host")) {
      return new ProbeResult(Outcome.UNREACHABLE, "no route to host");
    }
    if (message.contains("network is unreachable")) {
      return new ProbeResult(Outcome.UNREACHABLE, "network is unreachable");
    }
    if (cause instanceof ConnectException && message.contains("refused")) {
      return refused();
    }
    if (message.contains("reset")) {
      return new ProbeResult(Outcome.CLOSED, "connection reset");
    }
    return new ProbeResult(Outcome.UNREACHABLE, "cannot connect: " + firstLine(cause));
  }

  static ProbeResult timeout(int seconds) {
    return new ProbeResult(Outcome.TIMEOUT, "no answer within " + seconds + " s");
  }

  static ProbeResult refused() {
    return new ProbeResult(Outcome.REFUSED, "connection refused");
  }

  private static String firstLine(Throwable cause) {
    var text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    var line = text.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }

  private ConnectFailure() {}
}
