package cloud.thalassa.lb.dataplane.select;

import java.util.List;

/**
 * Decides which targets of one pool are left alone for a while because they could not be connected:
 * never more than half of them. One for all tables of the pool, so that event loops which fail at
 * once, with whichever table, decide one after the other. Nobody waits here who does not fail.
 */
final class Avoidance {
  /**
   * Cost: O(members), and O(1) while the target is left alone already.
   *
   * @return whether the target is left alone from now on
   */
  boolean failed(List<Weighted> members, Target target, long now) {
    return !Standing.isResting(target.standing(), now) && decide(members, target, now);
  }

  private synchronized boolean decide(List<Weighted> members, Target target, long now) {
    long before = target.standing();
    if (Standing.isResting(before, now)) {
      return false;
    }
    int out = 1;
    boolean member = false;
    for (int i = 0; i < members.size(); i++) {
      var other = members.get(i).target();
      if (other == target) {
        member = true;
      } else if (other.isOut(now)) {
        out++;
      }
    }
    if (!member || 2 * out > members.size()) {
      target.become(before, Standing.GOOD);
      return false;
    }
    return target.become(before, Standing.failed(before, now));
  }
}
