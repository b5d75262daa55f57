package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.HealthView;
import cloud.thalassa.lb.api.wire.HealthView.Group;
import cloud.thalassa.lb.api.wire.HealthView.Target;
import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a load balancer with their health: who there is, the operator's slices say; how he
 * is, the health checkers' reports do, or his readiness where nobody checks.
 */
public final class Healths {
  private static final String HEALTHY = "healthy";
  private static final String UNHEALTHY = "unhealthy";
  private static final String INITIAL = "initial";
  private static final String DRAINING = "draining";

  private Healths() {}

  private record Place(String address, int port) {}

  /**
   * All target groups of the load balancer that can be seen.
   *
   * @param slices of the load balancer's namespace, and {@code reports} too
   */
  public static HealthView view(
      World world, LoadBalancer balancer, List<EndpointSlice> slices, List<HealthReport> reports) {
    var groups =
        world.listeners(balancer).stream()
            .flatMap(it -> world.targetGroups(it).stream())
            .distinct()
            .map(
                group ->
                    group(
                        group, of(slices, balancer, group), verdicts(of(reports, balancer, group))))
            .toList();
    return new HealthView(Heads.ref(balancer), groups);
  }

  private static <T extends HasMetadata> List<T> of(
      List<T> documents, LoadBalancer balancer, TargetGroup group) {
    return documents.stream()
        .filter(it -> is(it, Api.LOAD_BALANCER_LABEL, balancer.getMetadata().getName()))
        .filter(it -> is(it, Api.TARGET_GROUP_LABEL, group.getMetadata().getName()))
        .filter(it -> is(it, Api.TARGET_GROUP_NAMESPACE_LABEL, group.getMetadata().getNamespace()))
        .toList();
  }

  private static boolean is(HasMetadata document, String label, String value) {
    var labels = document.getMetadata().getLabels();
    return labels != null && value.equals(labels.get(label));
  }

  private static Map<Place, TargetHealth> verdicts(List<HealthReport> reports) {
    var verdicts = new HashMap<Place, TargetHealth>();
    for (var report : reports) {
      for (var target : report.getSpec().targets()) {
        verdicts.merge(
            new Place(target.address(), target.port()),
            target,
            (one, other) -> one.since().compareTo(other.since()) >= 0 ? one : other);
      }
    }
    return verdicts;
  }

  private static Group group(
      TargetGroup group, List<EndpointSlice> slices, Map<Place, TargetHealth> verdicts) {
    var targets = new ArrayList<Target>();
    for (var slice : slices) {
      for (var endpoint : slice.getEndpoints()) {
        for (var address : endpoint.getAddresses()) {
          var place = new Place(address, port(slice));
          var checked = group.getSpec().healthCheck() != null;
          targets.add(target(place, weight(slice), endpoint, checked, verdicts.get(place)));
        }
      }
    }
    targets.sort(Comparator.comparing(Target::address).thenComparing(Target::port));
    int healthy = (int) targets.stream().filter(it -> it.state().equals(HEALTHY)).count();
    return new Group(Heads.ref(group), status(targets, healthy), healthy, targets.size(), targets);
  }

  private static String status(List<Target> targets, int healthy) {
    if (targets.isEmpty()) {
      return "empty";
    }
    long staying = targets.stream().filter(it -> !it.state().equals(DRAINING)).count();
    return healthy == 0 ? "down" : healthy == staying ? HEALTHY : "degraded";
  }

  private static Target target(
      Place place, int weight, Endpoint endpoint, boolean checked, @Nullable TargetHealth verdict) {
    var conditions = endpoint.getConditions();
    if (conditions != null && Boolean.TRUE.equals(conditions.getTerminating())) {
      return target(place, weight, DRAINING, null, "It is terminating.");
    }
    if (weight == 0) {
      return target(place, weight, DRAINING, null, "Its weight is 0.");
    }
    if (!checked) {
      return conditions != null && Boolean.FALSE.equals(conditions.getReady())
          ? target(place, weight, UNHEALTHY, null, "It is not ready, and there is no health check.")
          : target(place, weight, HEALTHY, null, "It is ready, and there is no health check.");
    }
    return verdict == null
        ? target(place, weight, INITIAL, null, "No health checker has reported it yet.")
        : target(
            place,
            weight,
            verdict.state().name().toLowerCase(Locale.ROOT),
            verdict.since(),
            verdict.reason());
  }

  private static Target target(
      Place place, int weight, String state, @Nullable String since, String reason) {
    return new Target(place.address, place.port, weight, state, since, reason);
  }

  private static int port(EndpointSlice slice) {
    return slice.getPorts().stream()
        .filter(it -> Api.TARGET_PORT.equals(it.getName()))
        .map(EndpointPort::getPort)
        .findFirst()
        .orElse(0);
  }

  private static int weight(EndpointSlice slice) {
    return Optional.ofNullable(slice.getMetadata().getAnnotations())
        .map(it -> it.get(Api.WEIGHT_ANNOTATION))
        .map(Integer::valueOf)
        .orElse(1);
  }
}
