package cloud.thalassa.lb.dataplane.relay.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowTableTest {
  private final FlowTable table = new FlowTable(0x9e37_79b9_7f4a_7c15L, 0xc2b2_ae3d_27d4_eb4fL);

  @Test
  void everyWordOfAKeyCounts() {
    table.put(1, 2, 3, 4, 5, 0);

    assertThat(table.find(1, 2, 3, 4, 5)).isZero();
    assertThat(table.find(9, 2, 3, 4, 5)).isEqualTo(FlowTable.NONE);
    assertThat(table.find(1, 9, 3, 4, 5)).isEqualTo(FlowTable.NONE);
    assertThat(table.find(1, 2, 9, 4, 5)).isEqualTo(FlowTable.NONE);
    assertThat(table.find(1, 2, 3, 9, 5)).isEqualTo(FlowTable.NONE);
    assertThat(table.find(1, 2, 3, 4, 9)).isEqualTo(FlowTable.NONE);
  }

  @Test
  void placesOfDifferentSocketsAndPortsDiffer() {
    assertThat(FlowTable.place(0, 65_535)).isNotEqualTo(FlowTable.place(1, 0));
    assertThat(FlowTable.place(1, 80)).isNotEqualTo(FlowTable.place(2, 80));
  }

  @Test
  void findsWhatAMapFindsWhateverComesAndGoes() {
    var random = new Random(42);
    var expected = new HashMap<Key, Integer>();
    for (int i = 0; i < 200_000; i++) {
      var key =
          new Key(random.nextInt(3), random.nextInt(8), random.nextInt(2), random.nextInt(64));
      var flow = expected.get(key);
      assertThat(find(key)).isEqualTo(flow == null ? FlowTable.NONE : flow);
      if (flow == null) {
        expected.put(key, i);
        table.put(key.high, key.low, 0, key.local, key.place, i);
      } else if (random.nextInt(3) > 0) {
        expected.remove(key);
        table.remove(key.high, key.low, 0, key.local, key.place);
      }
      assertThat(table.size()).isEqualTo(expected.size());
    }
    expected.forEach((key, flow) -> assertThat(find(key)).isEqualTo(flow));
  }

  @Test
  void growsWithoutLosingAny() {
    for (int i = 0; i < 50_000; i++) {
      table.put(0, 0xffff_0a00_0000L + i, 0, 0, FlowTable.place(1, 4000), i);
    }
    var all = new ArrayList<Integer>();
    for (int i = 0; i < 50_000; i++) {
      all.add(table.find(0, 0xffff_0a00_0000L + i, 0, 0, FlowTable.place(1, 4000)));
    }
    assertThat(all).isSorted().doesNotHaveDuplicates().first().isEqualTo(0);
  }

  private int find(Key key) {
    return table.find(key.high, key.low, 0, key.local, key.place);
  }

  private record Key(long high, long low, long local, long place) {}
}
