package cloud.thalassa.lb.dataplane.table;

import static java.util.stream.Collectors.groupingBy;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The slices and reports by pool. What did not change since the table before is not read again. */
final class Inventory {
  private final Map<PoolKey, PoolInventory> pools = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();

  /**
   * @param before what the pools of the table before were made of; null: there was none
   */
  Inventory(Documents documents, Function<PoolKey, @Nullable PoolInventory> before) {
    var slices = documents.slices().stream().collect(groupingBy(PoolKey::of));
    var reports = documents.reports().stream().collect(groupingBy(PoolKey::of));
    var keys = new HashSet<>(slices.keySet());
    keys.addAll(reports.keySet());
    for (var key : keys) {
      var own = slices.getOrDefault(key, List.<EndpointSlice>of());
      var verdicts = reports.getOrDefault(key, List.of());
      var earlier = before.apply(key);
      var pool =
          earlier != null && earlier.isOf(own, verdicts)
              ? earlier
              : new PoolInventory(own, verdicts);
      pools.put(key, pool);
      var problem = pool.problem();
      if (problem != null) {
        problems.merge(key.loadBalancer(), problem, PoolInventory::least);
      }
    }
  }

  PoolInventory of(PoolKey pool) {
    return pools.getOrDefault(pool, PoolInventory.EMPTY);
  }

  /** Why a document of a load balancer was left out; null: none was. */
  @Nullable String problem(String loadBalancer) {
    return problems.get(loadBalancer);
  }
}
