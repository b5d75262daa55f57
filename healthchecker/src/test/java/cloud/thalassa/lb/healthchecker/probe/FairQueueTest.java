package cloud.thalassa.lb.healthchecker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  @Test
  void tenantsTakeTurnsAndWithinATenantOrderHolds() {
    var queue = new FairQueue<String>();
    for (var item : "a1 a2 a3 b1 c1 c2".split(" ")) {
      queue.add(item.substring(0, 1), item);
    }
    assertThat(queue.size()).isEqualTo(6);

    var polled = new ArrayList<String>();
    for (var item = next(queue); item != null; item = next(queue)) {
      polled.add(item);
    }
    assertThat(polled).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    assertThat(queue.size()).isZero();
  }

  @Test
  void whoMayNotWaitsAndKeepsItsTurn() {
    var queue = new FairQueue<String>();
    for (var item : "a1 a2 b1 b2".split(" ")) {
      queue.add(item.substring(0, 1), item);
    }
    assertThat(queue.poll("b"::equals)).isEqualTo("b1");
    assertThat(queue.poll("c"::equals)).isNull();
    assertThat(next(queue)).isEqualTo("a1");
    assertThat(queue.size()).isEqualTo(2);
  }

  private static String next(FairQueue<String> queue) {
    return queue.poll(tenant -> true);
  }
}
