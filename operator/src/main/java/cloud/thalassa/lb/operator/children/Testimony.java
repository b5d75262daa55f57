package cloud.thalassa.lb.operator.children;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the health checkers say about one replica, and whether it is dead by that (ADR 13). A
 * checker that is cut off finds replicas dead that live; so whoever sees one alive is believed, and
 * has a moment to say so.
 *
 * @param dead what those say who find it dead
 * @param claimed how long ago the first of them was heard
 * @param objections how long ago each of those was heard who see it alive all the same
 * @param checkers how many have a say
 */
public record Testimony(
    Collection<Failure> dead, Duration claimed, Collection<Duration> objections, int checkers) {
  public static final Testimony NONE = new Testimony(List.of(), Duration.ZERO, List.of(), 0);

  /** To hear of a claim, to ask the replica, and to be heard: measured 30 to 60 ms. */
  static final Duration TIME_TO_OBJECT = Duration.ofMillis(500);

  /** An objection is repeated every second. */
  static final Duration OBJECTION = Duration.ofSeconds(3);

  /** Two who agree are enough: each replica has two watchers. */
  private static final int ENOUGH = 2;

  /**
   * An answer.
   *
   * @param failure null: it is to be taken as alive
   * @param lookAgain when time alone may change this; null: never
   */
  public record Verdict(@Nullable Failure failure, @Nullable Duration lookAgain) {}

  /**
   * What follows from it.
   *
   * @param entered whether the replica gets new connections now; one that does not has time
   */
  public Verdict verdict(boolean entered) {
    var objection =
        objections.stream()
            .filter(age -> age.compareTo(OBJECTION) < 0)
            .min(Comparator.naturalOrder());
    if (dead.isEmpty()) {
      return new Verdict(null, null);
    }
    if (objection.isPresent()) {
      return new Verdict(null, OBJECTION.minus(objection.get()));
    }
    var decided = dead.size() >= Math.min(ENOUGH, checkers);
    if (entered && !decided && claimed.compareTo(TIME_TO_OBJECT) < 0) {
      return new Verdict(null, TIME_TO_OBJECT.minus(claimed));
    }
    return new Verdict(dead.stream().min(Comparator.comparing(Failure::since)).orElseThrow(), null);
  }
}
