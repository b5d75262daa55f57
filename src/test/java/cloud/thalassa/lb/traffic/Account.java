package cloud.thalassa.lb.traffic;

import cloud.thalassa.lb.traffic.Seen.Attempt;
import cloud.thalassa.lb.traffic.Seen.Cut;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was seen in one span of time, in figures. */
public final class Account {
  /** A first packet that was lost is sent again after a second. */
  private static final Duration SLOW = Duration.ofMillis(900);

  /** Between two datagrams of a flow. */
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final Seen seen;
  private final Span span;
  private final List<Attempt> attempts;

  /** New connections count when they began in the span, everything else when it happened in it. */
  public Account(Seen seen, Span span) {
    this.seen = seen;
    this.span = span;
    this.attempts =
        seen.attempts.stream()
            .filter(attempt -> span.holds(attempt.at()))
            .sorted(Comparator.comparing(Attempt::at))
            .toList();
  }

  public int opened() {
    return attempts.size();
  }

  public List<Attempt> failed() {
    return attempts.stream().filter(attempt -> !attempt.served()).toList();
  }

  /** Served, but after a lost packet or a dead target. */
  public List<Attempt> slow() {
    return attempts.stream()
        .filter(attempt -> attempt.served() && attempt.took().compareTo(SLOW) > 0)
        .toList();
  }

  /** Such as {@code refused}: how many of the failed. */
  public Map<String, Long> outcomes() {
    return counted(failed(), Attempt::outcome);
  }

  /** From the event to the beginning of the last connection that failed; zero: none did. */
  public Duration untilServed(Instant event) {
    return failed().stream()
        .map(attempt -> Duration.between(event, attempt.at()))
        .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  /** Under way when the event came, and lost with it: they had reached what the event took away. */
  public List<Attempt> caught(Instant event) {
    return seen.attempts.stream()
        .filter(attempt -> !attempt.served() && attempt.at().isBefore(event))
        .filter(attempt -> attempt.ended().isAfter(event))
        .toList();
  }

  /** The time that this share of the served connections took at most; zero: none was served. */
  public Duration took(double share) {
    var served =
        attempts.stream().filter(attempt -> attempt.served()).map(Attempt::took).sorted().toList();
    return served.isEmpty()
        ? Duration.ZERO
        : served.get((int) Math.ceil(share * served.size()) - 1);
  }

  /** The longest time in which no connection that succeeded began. */
  public Duration gap() {
    var longest = Duration.ZERO;
    var before = span.from();
    for (var attempt : attempts) {
      if (attempt.served()) {
        longest = longer(longest, Duration.between(before, attempt.at()));
        before = attempt.at();
      }
    }
    return longer(longest, Duration.between(before, span.to()));
  }

  public List<Cut> cuts() {
    return seen.cuts.stream().filter(cut -> span.holds(cut.at())).toList();
  }

  /**
   * Lasting connections that were cut though nothing of theirs was lost.
   *
   * @param lost addresses of replicas and names of targets
   */
  public List<Cut> cutsBesides(Set<String> lost) {
    return cuts().stream()
        .filter(cut -> !lost.contains(cut.replica()) && !lost.contains(cut.target()))
        .toList();
  }

  public long lost() {
    return seen.losses.stream().filter(loss -> span.holds(loss.at())).count();
  }

  public int flowsMoved() {
    return seen.moves.stream()
        .filter(move -> span.holds(move.at()))
        .collect(Collectors.groupingBy(Seen.Move::flow))
        .size();
  }

  /** The longest time that any flow had no answer; zero: no datagram was lost. */
  public Duration silence() {
    var longest = Duration.ZERO;
    var since = new HashMap<Integer, Instant>();
    var last = new HashMap<Integer, Instant>();
    var ordered = seen.losses.stream().sorted(Comparator.comparing(Seen.Loss::at)).toList();
    for (var loss : ordered) {
      if (span.holds(loss.at())) {
        var before = last.put(loss.flow(), loss.at());
        if (before == null
            || Duration.between(before, loss.at()).compareTo(BETWEEN.multipliedBy(2)) > 0) {
          since.put(loss.flow(), loss.at());
        }
        longest =
            longer(longest, Duration.between(since.get(loss.flow()), loss.at()).plus(BETWEEN));
      }
    }
    return longest;
  }

  /** The fewest lasting connections at once. */
  public int lasting() {
    return seen.ticks.stream()
        .filter(tick -> span.holds(tick.at()))
        .mapToInt(Seen.Tick::lasting)
        .min()
        .orElse(0);
  }

  /** The longest time for which the machine did not run the clients at all. */
  public Duration late() {
    return seen.lates.stream()
        .filter(late -> span.holds(late.at()))
        .map(Seen.Late::took)
        .reduce(Duration.ZERO, Account::longer);
  }

  /**
   * Failures by the 10 ms in which they began, counted from the event, such as {@code +120 ms: 3
   * refused}; attempts that failed and nobody can place are easy to see here.
   */
  public List<String> timeline(Instant event) {
    var buckets = new TreeMap<Long, Map<String, Long>>();
    for (var attempt : failed()) {
      var bucket = Math.floorDiv(Duration.between(event, attempt.at()).toMillis(), 10L) * 10;
      var what =
          attempt.outcome() + (attempt.replica().equals("-") ? "" : " by " + attempt.replica());
      buckets.computeIfAbsent(bucket, _ -> new TreeMap<>()).merge(what, 1L, Long::sum);
    }
    return buckets.entrySet().stream()
        .map(
            bucket ->
                "%+d ms: %s"
                    .formatted(
                        bucket.getKey(),
                        bucket.getValue().entrySet().stream()
                            .map(what -> what.getValue() + " " + what.getKey())
                            .collect(Collectors.joining(", "))))
        .toList();
  }

  private static <T> Map<String, Long> counted(List<T> all, Function<T, String> word) {
    return all.stream().collect(Collectors.groupingBy(word, TreeMap::new, Collectors.counting()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
