package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
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

/** What the slices and reports of one pool say, by address. */
final class PoolInventory {
  static final PoolInventory EMPTY = new PoolInventory(List.of(), List.of());

  private final List<EndpointSlice> slices;
  private final List<HealthReport> reports;
  private final Map<InetSocketAddress, Found> found = new HashMap<>();
  private final Map<InetSocketAddress, TargetHealth> verdicts = new HashMap<>();
  private @Nullable String problem;

  PoolInventory(List<EndpointSlice> slices, List<HealthReport> reports) {
    this.slices = slices;
    this.reports = reports;
    for (var slice : slices) {
      read(slice, () -> add(slice));
    }
    for (var report : reports) {
      read(report, () -> add(report));
    }
  }

  /**
   * Whether it was read from just these documents: a source hands over the same until it changed.
   */
  boolean isOf(List<EndpointSlice> otherSlices, List<HealthReport> otherReports) {
    return same(slices, otherSlices) && same(reports, otherReports);
  }

  Collection<Found> members() {
    return found.values();
  }

  /**
   * What a health checker says of an address, in whichever slice of the pool: when an address moves
   * to another slice, its health does not wait for the report of that one.
   */
  @Nullable TargetHealth verdict(InetSocketAddress address) {
    return verdicts.get(address);
  }

  /** Why a document was left out; null: none was. */
  @Nullable String problem() {
    return problem;
  }

  private void add(EndpointSlice slice) {
    int port = port(slice);
    int weight = weight(slice);
    for (var endpoint : orEmpty(slice.getEndpoints())) {
      for (var address : orEmpty(endpoint.getAddresses())) {
        var member = found(new InetSocketAddress(Ip.parse(address), port), weight, endpoint);
        found.merge(member.address(), member, Found::or);
      }
    }
  }

  private void add(HealthReport report) {
    for (var verdict : report.getSpec().targets()) {
      if (verdict.state() == null || verdict.since() == null) {
        throw new IllegalArgumentException(
            "the state of " + verdict.address() + " or its since is missing");
      }
      verdicts.merge(
          new InetSocketAddress(Ip.parse(verdict.address()), verdict.port()),
          verdict,
          (one, other) -> one.since().compareTo(other.since()) >= 0 ? one : other);
    }
  }

  /** Reads one document; one that cannot be read keeps none of the others. */
  private void read(HasMetadata document, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException e) {
      problem =
          least(
              problem,
              document.getKind()
                  + " "
                  + document.getMetadata().getName()
                  + " is not used whole: "
                  + e.getMessage());
    }
  }

  /** Of several problems always the same one, whatever the order of the documents. */
  static String least(@Nullable String one, String other) {
    return one == null || one.compareTo(other) > 0 ? other : one;
  }

  @SuppressWarnings("ReferenceEquality") // equal documents may be long, and are rare
  private static boolean same(List<?> some, List<?> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
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
