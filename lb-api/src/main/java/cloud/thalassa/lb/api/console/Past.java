package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.Strip.Turn;
import cloud.thalassa.lb.api.wire.EventView;
import cloud.thalassa.lb.api.wire.HealthView;
import cloud.thalassa.lb.api.wire.UsageView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was kept of a load balancer, as far as its page shows it.
 *
 * @param events the newest first
 * @param usage of the last hour, by minute
 * @param trouble why there is none, or empty
 */
record Past(List<EventView> events, List<UsageView.OfListener> usage, String trouble) {

  static Past unknown(String trouble) {
    return new Past(List.of(), List.of(), trouble);
  }

  /**
   * What a target was, the oldest first, and what it is now.
   *
   * @param group its name
   * @param address as events call it
   */
  List<Turn> turns(String group, String address, HealthView.Target target) {
    var since = Words.instant(target.since());
    var turns = new ArrayList<Turn>();
    for (var event : events.reversed()) {
      var at = Words.instant(event.at());
      if (at != null && (since == null || at.isBefore(since)) && isAbout(event, group, address)) {
        turns.add(new Turn(at, String.valueOf(event.status())));
      }
    }
    if (since != null) {
      turns.add(new Turn(since, target.state()));
    }
    return turns;
  }

  /** Events that somebody who looks at the page can take in. */
  List<BalancerDetail.Happening> happenings(int most, Instant now) {
    return events.stream()
        .limit(most)
        .map(
            it ->
                new BalancerDetail.Happening(
                    it.at(), Words.ago(it.at(), now), State.after(it), it.message()))
        .toList();
  }

  private static boolean isAbout(EventView event, String group, String address) {
    return event.type().equals("health")
        && group.equals(event.name())
        && address.equals(event.target());
  }
}
