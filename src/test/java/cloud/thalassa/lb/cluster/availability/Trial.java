package cloud.thalassa.lb.cluster.availability;

import cloud.thalassa.lb.traffic.Account;
import cloud.thalassa.lb.traffic.Load;
import cloud.thalassa.lb.traffic.Seen;
import cloud.thalassa.lb.traffic.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A load, a time in which nothing happens to it, and then events: one after the other, each with
 * the time in which its consequences count.
 */
final class Trial implements AutoCloseable {
  /** What the load does while it begins is nobody's measure. */
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** What a killed process had taken before it was killed may count as served a little later. */
  private static final Duration STILL_RUNNING = Duration.ofMillis(100);

  private final Load load;
  private final Path record;
  private final Span quiet;
  private final List<Event> events = new ArrayList<>();

  private Trial(Load load, Path record, Span quiet) {
    this.load = load;
    this.record = record;
    this.quiet = quiet;
  }

  /**
   * Returns when the quiet time is over.
   *
   * @param record where the load keeps what it sees
   */
  static Trial begin(Load load, Path record) {
    load.awaitReady();
    load.run(WARM_UP);
    var from = Instant.now();
    load.run(Parameters.QUIET);
    return new Trial(load, record, new Span(from, Instant.now()));
  }

  /** Does it, lets the consequences come for so long, and says when it was done. */
  Instant event(Set<String> lost, Duration consequences, Runnable what) {
    var from = Instant.now();
    what.run();
    load.run(consequences);
    events.add(new Event(new Span(from, Instant.now()), lost));
    return from;
  }

  void run(Duration time) {
    load.run(time);
  }

  /** What failed is also written down beside the record, by the 10 ms. */
  Ended end() {
    var ended = new Ended(load.stop(), quiet, List.copyOf(events));
    try {
      Files.write(record.resolveSibling(record.getFileName() + ".failures"), ended.timelines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ended;
  }

  @Override
  public void close() {
    load.close();
  }

  /** What was seen, when, and for what reason. */
  record Ended(Seen seen, Span quietly, List<Event> events) {
    Account quiet() {
      return new Account(seen, quietly);
    }

    /**
     * From the event until this replica served again; the longest time that there is: it did not.
     */
    Duration servedAgainBy(String replica, Instant event) {
      return seen.attempts.stream()
          .filter(attempt -> attempt.served() && attempt.replica().equals(replica))
          .map(attempt -> Duration.between(event, attempt.at()))
          .filter(after -> after.compareTo(STILL_RUNNING) > 0)
          .min(Comparator.naturalOrder())
          .orElse(ChronoUnit.FOREVER.getDuration());
    }

    List<String> timelines() {
      var lines = new ArrayList<>(List.of("without event, from " + quietly.from()));
      lines.addAll(quiet().timeline(quietly.from()));
      for (var event : events) {
        lines.add("event at " + event.at() + ", of " + event.lost());
        lines.addAll(event.account(seen).timeline(event.at()));
      }
      return lines;
    }

    /** New connections that failed neither in the quiet time nor in that, or by, an event. */
    long failedBetween() {
      var caught =
          events.stream()
              .flatMap(event -> event.account(seen).caught(event.at()).stream())
              .collect(Collectors.toSet());
      return seen.attempts.stream()
          .filter(attempt -> !attempt.served() && attempt.at().isAfter(quietly.to()))
          .filter(attempt -> events.stream().noneMatch(event -> event.span().holds(attempt.at())))
          .filter(attempt -> !caught.contains(attempt))
          .count();
    }

    List<Account> accounts() {
      return events.stream().map(event -> event.account(seen)).toList();
    }
  }
}
