package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.dataplane.admit.Ip;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The slices and reports, by pool and address. */
final class Inventory {
  private final Map<PoolKey, Map<InetSocketAddress, Found>> found = new HashMap<>();
  private final Map<PoolKey, Map<InetSocketAddress, TargetHealth>> verdicts = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();

  Inventory(List<EndpointSlice> slices, List<HealthReport> reports) {
    for (var slice : slices) {
      read(slice, () -> add(slice));
    }
    for (var report : reports) {
      read(report, () -> add(report));
    }
  }

  Collection<Found> members(PoolKey pool) {
    return found.getOrDefault(pool, Map.of()).values();
  }

  /**
   * What a health checker says of an address, in whichever slice of the pool: when an address moves
   * to another slice, its health does not wait for the report of that one.
   */
  @Nullable HealthState verdict(PoolKey pool, InetSocketAddress address) {
    var verdict = verdicts.getOrDefault(pool, Map.of()).get(address);
    return verdict == null ? null : verdict.state();
  }

  /** Why a document of a load balancer was left out; null: none was. */
  @Nullable String problem(String loadBalancer) {
    return problems.get(loadBalancer);
  }

  private void add(EndpointSlice slice) {
    int port = port(slice);
    int weight = weight(slice);
    var pool = found.computeIfAbsent(PoolKey.of(slice), key -> new HashMap<>());
    for (var endpoint : orEmpty(slice.getEndpoints())) {
      for (var address : orEmpty(endpoint.getAddresses())) {
        var member = found(new InetSocketAddress(Ip.parse(address), port), weight, endpoint);
        pool.merge(member.address(), member, Found::or);
      }
    }
  }

  private void add(HealthReport report) {
    var pool = verdicts.computeIfAbsent(PoolKey.of(report), key -> new HashMap<>());
    for (var verdict : report.getSpec().targets()) {
      if (verdict.state() == null || verdict.since() == null) {
        throw new IllegalArgumentException(
            "the state of " + verdict.address() + " or its since is missing");
      }
      pool.merge(
          new InetSocketAddress(Ip.parse(verdict.address()), verdict.port()),
          verdict,
          (one, other) -> one.since().compareTo(other.since()) >= 0 ? one : other);
    }
  }

  /** Reads one document; one that cannot be read is a problem of its load balancer alone. */
  private void read(HasMetadata document, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException e) {
      problems.merge(
          PoolKey.of(document).loadBalancer(),
          document.getKind()
              + " "
              + document.getMetadata().getName()
              + " is not used whole: "
              + e.getMessage(),
          (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
  }

  private static Found found(InetSocketAddress address, int weight, Endpoint endpoint) {
    var conditions = endpoint.getConditions();
    return new Found(
        address,
        weight,
        conditions == null || !Boolean.FALSE.equals(conditions.getReady()),
        conditions != null && Boolean.TRUE.equals(conditions.getTerminating()));
  }

  private static int port(EndpointSlice slice) {
    return orEmpty(slice.getPorts()).stream()
        .filter(port -> Api.TARGET_PORT.equals(port.getName()))
        .map(EndpointPort::getPort)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it has no port named " + Api.TARGET_PORT));
  }

  private static int weight(EndpointSlice slice) {
    var annotations = slice.getMetadata().getAnnotations();
    var weight = annotations == null ? null : annotations.get(Api.WEIGHT_ANNOTATION);
    if (weight == null) {
      return 1;
    }
    if (!weight.matches("[0-9]{1,3}") || Integer.parseInt(weight) > 256) {
      throw new IllegalArgumentException(
          "its weight is \"" + weight + "\" and must be a whole number, 0..256");
    }
    return Integer.parseInt(weight);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
