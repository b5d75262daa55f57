package cloud.thalassa.lb.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clients of {@code src/traffic} saw, as they wrote it; {@code main.go} says what each
 * line means. A replica is the address from which the target was asked, {@code -} if nobody knows.
 */
public final class Seen {
  public final List<Attempt> attempts = new ArrayList<>();
  public final List<Cut> cuts = new ArrayList<>();
  public final List<Loss> losses = new ArrayList<>();
  public final List<Move> moves = new ArrayList<>();
  public final List<Late> lates = new ArrayList<>();
  public final List<Tick> ticks = new ArrayList<>();

  /** A new connection, from its first packet to the end of both directions. */
  public record Attempt(
      Instant at, Duration connecting, Duration took, String outcome, String replica) {
    public boolean served() {
      return outcome.equals("ok");
    }

    Instant ended() {
      return at.plus(took);
    }
  }

  /** A lasting connection that its client did not end. */
  public record Cut(Instant at, Instant born, String outcome, String replica, String target) {}

  /** A datagram without an answer; the replica gave the flow's last one. */
  public record Loss(Instant at, int flow, String replica) {}

  /** A flow that is answered through another replica. */
  public record Move(Instant at, int flow, String from, String to) {}

  /** The machine did not run the clients. */
  public record Late(Instant at, Duration took) {}

  /** Lasting connections open, and counts since the beginning. */
  public record Tick(Instant at, int lasting, long opened, long exchanges, long answers) {}

  public static Seen read(Path file) {
    var seen = new Seen();
    try (var lines = Files.lines(file)) {
      lines.forEach(line -> seen.add(line.split(" ")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seen;
  }

  void add(String... words) {
    var at = instant(words[1]);
    switch (words[0]) {
      case "new" ->
          attempts.add(new Attempt(at, duration(words[2]), duration(words[3]), words[4], words[5]));
      case "cut" -> cuts.add(new Cut(at, instant(words[2]), words[3], words[4], words[5]));
      case "lost" -> losses.add(new Loss(at, Integer.parseInt(words[2]), words[3]));
      case "moved" -> moves.add(new Move(at, Integer.parseInt(words[2]), words[3], words[4]));
      case "late" -> lates.add(new Late(at, duration(words[2])));
      case "tick" ->
          ticks.add(
              new Tick(
                  at,
                  Integer.parseInt(words[2]),
                  Long.parseLong(words[3]),
                  Long.parseLong(words[4]),
                  Long.parseLong(words[5])));
      case "ready", "open", "end", "done" -> {}
      default -> throw new IllegalArgumentException("no line of the load: " + words[0]);
    }
  }

  private static Instant instant(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }

  private static Duration duration(String micros) {
    return Duration.of(Long.parseLong(micros), ChronoUnit.MICROS);
  }
}
