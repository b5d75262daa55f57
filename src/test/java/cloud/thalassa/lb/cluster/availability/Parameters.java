package cloud.thalassa.lb.cluster.availability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What is run, and how thoroughly: environment variables, which {@code make availability} sets. */
final class Parameters {
  /** Name of {@link #syncPeriods}, for tests that run once with each. */
  static final String EACH_SYNC_PERIOD =
      "cloud.thalassa.lb.cluster.availability.Parameters#syncPeriods";

  /** Kills of a process. */
  static final int KILLS = number("KILLS", 20);

  /** Losses of a node or a health checker, of each kind. */
  static final int LOSSES = number("LOSSES", 3);

  /** How long what serves nobody directly is away. */
  static final Duration OUTAGE = Duration.ofSeconds(number("OUTAGE", 300));

  /** The same load without an event, before each. */
  static final Duration QUIET = Duration.ofSeconds(number("QUIET", 10));

  private Parameters() {}

  /** kube-proxy's minSyncPeriod where the clients are. */
  static List<String> syncPeriods() {
    return List.of(text("SYNC", "default,100ms").split(","));
  }

  /** Skips a row that ROWS does not name; without ROWS all are wanted. */
  static void assumeWanted(String row) {
    var rows = text("ROWS", "");
    assumeTrue(
        rows.isBlank() || Stream.of(rows.split("[ ,]+")).anyMatch(row::contains),
        () -> row + " is not among the rows " + rows);
  }

  private static int number(String name, int usual) {
    return Integer.parseInt(text(name, Integer.toString(usual)));
  }

  private static String text(String name, String usual) {
    var value = System.getenv(name);
    return value == null || value.isEmpty() ? usual : value;
  }
}
