package cloud.thalassa.lb.dataplane.usage;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.event.Event.OfListener;
import cloud.thalassa.lb.crds.event.Event.Usage;
import cloud.thalassa.lb.dataplane.meter.Relayed;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinutesTest {
  private static final ListenerKey WEB = new ListenerKey("shop/front", "shop/web");
  private static final ListenerKey DNS = new ListenerKey("shop/front", "shop/dns");
  private final Minutes minutes = new Minutes();

  private static Map<ListenerKey, Relayed> relayed(ListenerKey key, long connections, long bytes) {
    return Map.of(key, new Relayed(connections, bytes, 2 * bytes));
  }

  private static OfListener line(ListenerKey key, long connections, long bytes) {
    return new OfListener(key.listener(), connections, bytes, 2 * bytes);
  }

  @Test
  void aMinuteHasWhatWasAddedInIt() {
    minutes.close(100, relayed(WEB, 3, 30), Map.of());
    minutes.close(101, relayed(WEB, 3, 30), Map.of());
    var both = new HashMap<>(relayed(WEB, 4, 70));
    both.putAll(relayed(DNS, 1, 5));
    minutes.close(102, both, Map.of());
    assertThat(minutes.after(0))
        .containsExactly(
            new Usage("shop/front", 100, List.of(line(WEB, 3, 30))),
            new Usage("shop/front", 102, List.of(line(DNS, 1, 5), line(WEB, 1, 40))));
    assertThat(minutes.after(100)).hasSize(1);
    assertThat(minutes.after(102)).isEmpty();
  }

  @Test
  void aListenerThatEndsLosesNothingAlsoWhenItBeginsAgain() {
    minutes.close(100, relayed(WEB, 3, 30), Map.of());
    minutes.close(101, Map.of(), relayed(WEB, 5, 50));
    minutes.close(102, relayed(WEB, 1, 10), Map.of());
    minutes.close(103, relayed(WEB, 2, 20), relayed(WEB, 4, 40));
    minutes.close(104, relayed(WEB, 3, 30), Map.of());
    assertThat(minutes.after(0).stream().map(it -> it.listeners().getFirst()).toList())
        .containsExactly(
            line(WEB, 3, 30),
            line(WEB, 2, 20),
            line(WEB, 1, 10),
            line(WEB, 5, 50),
            line(WEB, 1, 10));
  }

  @Test
  void aConnectionThatIsTakenBackIsNotCountedTwice() {
    minutes.close(100, relayed(WEB, 3, 0), Map.of());
    minutes.close(101, relayed(WEB, 2, 0), Map.of());
    minutes.close(102, relayed(WEB, 4, 0), Map.of());
    assertThat(minutes.after(0).stream().mapToLong(it -> it.listeners().getFirst().connections()))
        .containsExactly(3L, 1L);
  }

  @Test
  void aClockThatGoesBackMakesNoMinuteTwice() {
    for (int i = 1; i <= 3; i++) {
      minutes.close(100, relayed(WEB, i, 0), Map.of());
    }
    assertThat(minutes.after(0).stream().mapToLong(Usage::minute))
        .containsExactly(100L, 101L, 102L);
  }

  @Test
  void onlySoMuchIsKept() {
    for (int i = 1; i <= 200; i++) {
      minutes.close(i, relayed(WEB, i, 0), Map.of());
    }
    assertThat(minutes.after(0)).hasSize(Minutes.KEPT);
    var many = new HashMap<ListenerKey, Relayed>();
    for (int minute = 201; minute <= 204; minute++) {
      for (int i = 0; i < Minutes.MOST / 2; i++) {
        many.put(new ListenerKey("shop/front", "shop/" + i), new Relayed(minute, 0, 0));
      }
      minutes.close(minute, many, Map.of());
    }
    assertThat(minutes.after(0).stream().mapToInt(it -> it.listeners().size()).sum())
        .isEqualTo(Minutes.MOST);
  }
}
