package cloud.thalassa.lb.dataplane.select;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

final class RoundRobin implements Selector {
  private final List<Weighted> members;
  private final AtomicInteger position = new AtomicInteger();

  RoundRobin(List<Weighted> members) {
    this.members = List.copyOf(members);
  }

  @Override
  public List<Weighted> members() {
    return members;
  }

  @Override
  public Iterator<Target> candidates(InetSocketAddress client, RandomGenerator random) {
    var order = new ArrayList<Target>();
    if (!members.isEmpty()) {
      var first = Math.floorMod(position.getAndIncrement(), members.size());
      for (int i = 0; i < members.size(); i++) {
        order.add(members.get((first + i) % members.size()).target());
      }
    }
    return order.iterator();
  }
}
