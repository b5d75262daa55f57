package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.observe.Inventory;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How long compile takes for 1,000 load balancers of 10 listeners, each with a group of 20 pods,
 * and after one pod changed. Its name keeps it out of the tests, because a machine's speed proves
 * nothing: {@code mvn -pl operator -am test -Dtest=CompileBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class CompileBenchmark {
  private static final int LOAD_BALANCERS = 1_000;
  private static final int LISTENERS = 10;
  private static final int TARGETS = 20;
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 5;
  private static final int PODS = 20_000;

  @Test
  void figures() {
    var objects = world();
    long[] index = new long[ROUNDS];
    long[] all = new long[ROUNDS];
    InventorySnapshot inventory = InventorySnapshot.of(List.of(), Site.CLUSTER);
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpu();
      inventory = InventorySnapshot.of(objects, Site.CLUSTER);
      index[round] = cpu() - start;
      start = cpu();
      int slices = 0;
      for (var loadBalancer : inventory.loadBalancers()) {
        slices += compile(inventory, Ref.of(loadBalancer)).slices().size();
      }
      all[round] = cpu() - start;
      if (slices != LOAD_BALANCERS * LISTENERS) {
        throw new AssertionError("slices: " + slices);
      }
    }
    print("index of all objects", index, 1e6, "ms");
    print("compile of all load balancers", all, 1e6, "ms");
    print("after one pod changed", podEvents(inventory), 1e3, "us");
  }

  /** From a changed pod to its groups, their load balancers, and the new meaning of these alone. */
  private static long[] podEvents(InventorySnapshot inventory) {
    long[] events = new long[PODS];
    for (int i = 0; i < PODS; i++) {
      var group = new Ref("shop", "g" + i % (LOAD_BALANCERS * LISTENERS));
      long start = cpu();
      int recompiled = 0;
      for (var loadBalancer : inventory.loadBalancersUsing(group)) {
        recompiled += compile(inventory, loadBalancer).listeners().size();
      }
      events[i] = cpu() - start;
      if (recompiled != LISTENERS) {
        throw new AssertionError("listeners: " + recompiled);
      }
    }
    return events;
  }

  /** Processor time of this thread, which other programs on the machine do not lengthen. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Compiled compile(Inventory inventory, Ref ref) {
    var loadBalancer = inventory.loadBalancer(ref);
    if (loadBalancer == null) {
      throw new AssertionError(ref);
    }
    return Compiler.compile(inventory.observe(loadBalancer, Site.CLUSTER, Seat.ANY));
  }

  private static void print(String what, long[] nanos, double unit, String name) {
    var warm = Arrays.copyOfRange(nanos, Math.min(WARM_UP, nanos.length - 1), nanos.length);
    Arrays.sort(warm);
    System.out.printf(
        "%-32s median %.1f %s, p99 %.1f %s%n",
        what, warm[warm.length / 2] / unit, name, warm[warm.length * 99 / 100] / unit, name);
  }

  private static List<HasMetadata> world() {
    var objects = new ArrayList<HasMetadata>();
    for (int lb = 0; lb < LOAD_BALANCERS; lb++) {
      objects.add(World.loadBalancer("lb" + lb));
      for (int l = 0; l < LISTENERS; l++) {
        int id = lb * LISTENERS + l;
        TargetGroup group = World.group("g" + id);
        objects.add(group);
        objects.add(World.listener("l" + id, "lb" + lb, 1000 + l, "g" + id));
        for (int p = 0; p < TARGETS; p++) {
          int n = id * TARGETS + p;
          objects.add(
              World.pod(
                  "p" + n, "g" + id, "10.%d.%d.%d".formatted(n >> 16, n >> 8 & 255, n & 255)));
        }
      }
    }
    return objects;
  }
}
