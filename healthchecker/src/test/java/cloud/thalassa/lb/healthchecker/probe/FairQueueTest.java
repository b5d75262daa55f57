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
    for (var item = queue.poll(); item != null; item = queue.poll()) {
      polled.add(item);
    }
    assertThat(polled).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    assertThat(queue.size()).isZero();
  }
}
