package cloud.thalassa.lb.dataplane.select;

import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The first choice of a policy, and then, where that one failed, what further draws of the policy
 * give. Costs nothing more than the first choice while that works.
 */
final class Candidates implements Iterator<Target> {
  /** Draws that gave a member once more, after which its neighbours are taken in turn. */
  private static final int DRAWS = 8;

  private final List<Weighted> members;
  private final IntSupplier draw;
  private @Nullable BitSet given;
  private int last;
  private int left;

  /**
   * @param first index of the first choice
   * @param draw index of a further choice; may repeat itself
   */
  Candidates(List<Weighted> members, int first, IntSupplier draw) {
    this.members = members;
    this.draw = draw;
    this.last = first;
    this.left = members.size();
  }

  static Iterator<Target> none() {
    return List.<Target>of().iterator();
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Target next() {
    if (left == 0) {
      throw new NoSuchElementException("every member was given");
    }
    if (left < members.size()) {
      last = another();
    }
    left--;
    return members.get(last).target();
  }

  private int another() {
    var given = this.given;
    if (given == null) {
      given = this.given = new BitSet(members.size());
    }
    given.set(last);
    int index = last;
    for (int i = 0; i < DRAWS && given.get(index); i++) {
      index = draw.getAsInt();
    }
    index = given.nextClearBit(index);
    return index < members.size() ? index : given.nextClearBit(0);
  }
}
