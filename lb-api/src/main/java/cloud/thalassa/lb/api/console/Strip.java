package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.BalancerDetail.Spell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last hour of a target, as rectangles one beside the other. */
final class Strip {
  static final Duration SPAN = Duration.ofHours(1);

  private Strip() {}

  /** From then on it was in this state. */
  record Turn(Instant at, String state) {}

  /**
   * @param turns the oldest first; before the first one nobody knows
   */
  static List<Spell> of(List<Turn> turns, Instant now) {
    var start = now.minus(SPAN);
    var spells = new ArrayList<Spell>();
    for (int i = 0; i < turns.size(); i++) {
      var turn = turns.get(i);
      var end = i + 1 < turns.size() ? turns.get(i + 1).at() : now;
      var from = turn.at().isBefore(start) ? start : turn.at();
      if (end.isAfter(from)) {
        spells.add(spell(turn, start, from, end, now));
      }
    }
    return spells;
  }

  private static Spell spell(Turn turn, Instant start, Instant from, Instant end, Instant now) {
    var state = State.ofTarget(turn.state());
    return new Spell(
        state.kind(),
        text(position(start, from)),
        text(position(start, end) - position(start, from)),
        "%s for %s, since %s ago"
            .formatted(
                state.word(),
                Words.age(Duration.between(turn.at(), end)),
                Words.age(Duration.between(turn.at(), now))));
  }

  private static double position(Instant start, Instant at) {
    return Chart.WIDTH * Duration.between(start, at).toMillis() / SPAN.toMillis();
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
