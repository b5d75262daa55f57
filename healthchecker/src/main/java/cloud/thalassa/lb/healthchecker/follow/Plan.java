package cloud.thalassa.lb.healthchecker.follow;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.healthchecker.follow.CheckedSlice.Target;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be probed, decided from the documents alone. Unchanged slices are the same objects as
 * in the plan before, so that who compares plans pays for what changed.
 */
public final class Plan {
  public static final Plan EMPTY = new Plan(Map.of(), Map.of());

  /** By load balancer, then by pool. */
  private final Map<SliceRef, Map<String, HealthCheck>> checks;

  private final Map<SliceRef, Compiled> compiled;
  private final Map<SliceRef, CheckedSlice> slices;

  private Plan(Map<SliceRef, Map<String, HealthCheck>> checks, Map<SliceRef, Compiled> compiled) {
    this.checks = checks;
    this.compiled = compiled;
    this.slices = new HashMap<>();
    compiled.forEach((ref, entry) -> slices.put(ref, entry.result));
  }

  public Map<SliceRef, CheckedSlice> slices() {
    return slices;
  }

  /** The plan for these documents, sharing what it can with this one. */
  public Plan next(Documents documents) {
    var checks = new HashMap<SliceRef, Map<String, HealthCheck>>();
    for (var config : documents.configs()) {
      var loadBalancer = SliceRef.of(config);
      checks.put(loadBalancer, checks(config, this.checks.getOrDefault(loadBalancer, Map.of())));
    }
    var next = new HashMap<SliceRef, Compiled>();
    for (var slice : documents.slices()) {
      var pools = checks.getOrDefault(loadBalancer(slice), Map.of());
      group(slice)
          .map(pools::get)
          .ifPresent(check -> next.put(SliceRef.of(slice), compile(slice, check)));
    }
    return new Plan(checks, next);
  }

  /** The target group that a slice, or the report about it, belongs to: {@code namespace/name}. */
  public static Optional<String> group(HasMetadata object) {
    var name = label(object, Api.TARGET_GROUP_LABEL);
    var namespace = label(object, Api.TARGET_GROUP_NAMESPACE_LABEL);
    return name == null || namespace == null
        ? Optional.empty()
        : Optional.of(namespace + "/" + name);
  }

  private static Map<String, HealthCheck> checks(
      ForwardingConfig config, Map<String, HealthCheck> before) {
    var spec = config.getSpec();
    if (spec == null || spec.formatVersion() != ForwardingConfigSpec.FORMAT_VERSION) {
      return before;
    }
    var checks = new HashMap<String, HealthCheck>();
    for (var pool : spec.pools()) {
      if (pool.healthCheck() != null) {
        checks.put(pool.name(), pool.healthCheck());
      }
    }
    return checks;
  }

  @SuppressWarnings("ReferenceEquality") // a source hands over the same object until it changed
  private Compiled compile(EndpointSlice slice, HealthCheck check) {
    var ref = SliceRef.of(slice);
    var before = compiled.get(ref);
    if (before != null && before.source == slice && before.result.check().equals(check)) {
      return before;
    }
    var result = checked(ref, slice, check);
    return new Compiled(
        slice, before != null && before.result.equals(result) ? before.result : result);
  }

  private static CheckedSlice checked(SliceRef ref, EndpointSlice slice, HealthCheck check) {
    var port = port(slice, Api.TARGET_PORT);
    var probePort = port(slice, Api.HEALTH_PORT).or(() -> port);
    var targets =
        port.isEmpty()
            ? List.<Target>of()
            : Replica.entries(slice.getEndpoints())
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .distinct()
                .sorted()
                .map(address -> new Target(address, port.get(), probePort.get()))
                .toList();
    return new CheckedSlice(
        ref,
        slice.getMetadata().getUid(),
        slice.getMetadata().getLabels(),
        group(slice).orElseThrow(),
        check,
        targets);
  }

  private static Optional<Integer> port(EndpointSlice slice, String name) {
    return Replica.entries(slice.getPorts())
        .filter(port -> name.equals(port.getName()) && port.getPort() != null)
        .map(EndpointPort::getPort)
        .min(Comparator.naturalOrder());
  }

  private static SliceRef loadBalancer(EndpointSlice slice) {
    var name = label(slice, Api.LOAD_BALANCER_LABEL);
    return new SliceRef(slice.getMetadata().getNamespace(), name == null ? "" : name);
  }

  private static @Nullable String label(HasMetadata object, String name) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(name);
  }

  private record Compiled(EndpointSlice source, CheckedSlice result) {}
}
