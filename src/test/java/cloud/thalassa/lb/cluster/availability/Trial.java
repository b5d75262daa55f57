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

  private final List<Crowd> crowds;
  private final Span quiet;
  private final List<Event> events = new ArrayList<>();

  private Trial(List<Crowd> crowds, Span quiet) {
    this.crowds = crowds;
    this.quiet = quiet;
  }

  /**
   * Clients behind one kube-proxy.
   *
   * @param sync its sync period
   * @param record where the load keeps what it sees
   */
  record Crowd(String sync, Load load, Path record) {}

  /** Returns when the quiet time is over. */
  static Trial begin(List<Crowd> crowds) {
    crowds.forEach(crowd -> crowd.load().awaitReady());
    var load = crowds.getFirst().load();
    load.run(WARM_UP);
    var from = Instant.now();
    load.run(Parameters.QUIET);
    return new Trial(crowds, new Span(from, Instant.now()));
  }

  /** Does it, lets the consequences come for so long, and says when it was done. */
  Instant event(Set<String> lost, Duration consequences, Runnable what) {
    var from = Instant.now();
    what.run();
    run(consequences);
    events.add(new Event(new Span(from, Instant.now()), lost));
    return from;
  }

  void run(Duration time) {
    crowds.getFirst().load().run(time); // the others go on meanwhile
  }

  /** What each crowd saw; what failed is also written down beside its record, by the 10 ms. */
  List<Ended> end() {
    return crowds.stream().map(this::ended).toList();
  }

  private Ended ended(Crowd crowd) {
    var ended = new Ended(crowd.sync(), crowd.load().stop(), quiet, List.copyOf(events));
    var record = crowd.record();
    try {
      Files.write(record.resolveSibling(record.getFileName() + ".failures"), ended.timelines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ended;
  }

  @Override
  public void close() {
    crowds.forEach(crowd -> crowd.load().close());
  }

  /** What one crowd saw, when, and for what reason. */
  record Ended(String sync, Seen seen, Span quietly, List<Event> events) {
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
