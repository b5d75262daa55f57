package cloud.thalassa.lb.cluster.availability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.thalassa.lb.traffic.Load;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** What is run, and how thoroughly: environment variables, which {@code make availability} sets. */
final class Parameters {
  /** Kills of a process. */
  static final int KILLS = number("KILLS", 20);

  /** Losses of a node or a health checker, of each kind. */
  static final int LOSSES = number("LOSSES", 3);

  /** How long what serves nobody directly is away. */
  static final Duration OUTAGE = Duration.ofSeconds(number("OUTAGE", 300));

  /** The same load without an event, before each. */
  static final Duration QUIET = Duration.ofSeconds(number("QUIET", 10));

  /** What the promise is about; less only shows whether a row works. */
  static final Load.Plan LOAD =
      new Load.Plan(
          number("RATE", 500),
          number("LASTING", 1000),
          number("FLOWS", 200),
          Duration.ofHours(1),
          Duration.ofSeconds(3));

  /** Whether the table of the documentation is written anew. */
  static final boolean PUBLISH = !text("PUBLISH", "").isEmpty();

  private Parameters() {}

  /** What was run, for whoever reads the table. */
  static String words() {
    return "Of %s, on %d cores: KILLS=%d LOSSES=%d OUTAGE=%d QUIET=%d RATE=%d LASTING=%d FLOWS=%d."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            KILLS,
            LOSSES,
            OUTAGE.toSeconds(),
            QUIET.toSeconds(),
            LOAD.rate(),
            LOAD.lasting(),
            LOAD.flows());
  }

  /** kube-proxy's minSyncPeriod where clients are; each has an equal part of the load. */
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
