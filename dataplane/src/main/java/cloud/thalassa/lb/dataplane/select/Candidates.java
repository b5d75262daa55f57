package cloud.thalassa.lb.dataplane.select;

import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a policy draws, without those that were given before. A draw of a target that is left alone
 * does not count, nor, by chance, one of a target that warms up; who is left alone comes last.
 */
abstract class Candidates implements Iterator<Target> {
  /** That gave nobody, after which the first draw that is not left alone counts nevertheless. */
  private static final int DRAWS = 16;

  private static final int NOBODY = -1;

  final List<Weighted> members;
  final long now;
  final RandomGenerator random;
  private @Nullable BitSet given;
  private int last = NOBODY;
  private int left;

  Candidates(List<Weighted> members, long now, RandomGenerator random) {
    this.members = members;
    this.now = now;
    this.random = random;
    this.left = members.size();
  }

  static Iterator<Target> none() {
    return List.<Target>of().iterator();
  }

  /** Index of the policy's choice, and then of further choices; may repeat itself. */
  abstract int draw();

  /** Below {@link SlowStart#WHOLE}: what the share has to be above for the last draw to count. */
  int bar() {
    return random.nextInt(SlowStart.WHOLE);
  }

  final boolean noneGiven() {
    return last == NOBODY;
  }

  @Override
  public final boolean hasNext() {
    return left > 0;
  }

  @Override
  public final Target next() {
    if (left == 0) {
      throw new NoSuchElementException("every member was given");
    }
    if (!noneGiven()) {
      if (given == null) {
        given = new BitSet(members.size());
      }
      given.set(last);
    }
    last = another();
    left--;
    return members.get(last).target();
  }

  private int another() {
    int reserve = NOBODY;
    int index = 0;
    for (int i = 0; i < DRAWS; i++) {
      index = draw();
      var member = members.get(index);
      if (wasGiven(index) || member.target().isClosed(now)) {
        continue;
      }
      if (!counts(member)) {
        reserve = reserve == NOBODY ? index : reserve;
      } else if (member.target().enter(now)) {
        return index;
      }
    }
    if (reserve != NOBODY && members.get(reserve).target().enter(now)) {
      return reserve;
    }
    return inTurn(index);
  }

  /** What {@link #next} would begin with; enters nowhere. Null: it takes more than draws. */
  final @Nullable Target look() {
    Target reserve = null;
    for (int i = 0; i < DRAWS; i++) {
      var member = members.get(draw());
      if (!member.target().isClosed(now)) {
        if (counts(member)) {
          return member.target();
        }
        reserve = reserve == null ? member.target() : reserve;
      }
    }
    return reserve;
  }

  private boolean counts(Weighted member) {
    int share = member.slowStart().share(now);
    return share == SlowStart.WHOLE || share > bar();
  }

  /** The next one that is not left alone; the next one when all are. */
  private int inTurn(int from) {
    int alone = NOBODY;
    for (int i = 0, index = from; i < members.size(); i++, index = following(index)) {
      if (wasGiven(index)) {
        continue;
      }
      if (members.get(index).target().enter(now)) {
        return index;
      }
      alone = alone == NOBODY ? index : alone;
    }
    return alone;
  }

  private int following(int index) {
    return index + 1 == members.size() ? 0 : index + 1;
  }

  private boolean wasGiven(int index) {
    return given != null && given.get(index);
  }
}
