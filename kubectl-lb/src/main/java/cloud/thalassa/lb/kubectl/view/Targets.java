package cloud.thalassa.lb.kubectl.view;

import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one target group: who there is, the operator's slices say; how he is, the health
 * checkers' reports do, or his readiness where nobody checks.
 */
public final class Targets {
  private static final BinaryOperator<TargetHealth> NEWEST =
      BinaryOperator.maxBy(Comparator.comparing(TargetHealth::since));

  private final boolean checked;
  private final Map<Place, TargetHealth> verdicts;

  private record Place(String address, int port) {}

  private Targets(boolean checked, List<HealthReport> reports) {
    this.checked = checked;
    this.verdicts =
        reports.stream()
            .flatMap(report -> report.getSpec().targets().stream())
            .collect(toMap(it -> new Place(it.address(), it.port()), it -> it, NEWEST));
  }

  /**
   * A target.
   *
   * @param health {@code Healthy}, {@code Unhealthy}, {@code Initial}, or {@code Draining}: it gets
   *     nobody new
   * @param since RFC 3339; null: nobody has written it down
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      String address,
      int port,
      int weight,
      String health,
      @Nullable String since,
      String reason,
      @Nullable String pod,
      @Nullable String node,
      @Nullable String zone) {
    static final String HEALTHY = "Healthy";

    /** {@code address:port}. */
    public String place() {
      return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
    }
  }

  private record Judged(String health, @Nullable String since, String reason) {}

  /**
   * @param checked whether health checkers judge it
   * @param slices of the load balancer, and {@code reports} too
   */
  static List<Target> of(
      Named group, boolean checked, List<EndpointSlice> slices, List<HealthReport> reports) {
    var targets = new Targets(checked, of(group, reports));
    return of(group, slices).stream()
        .flatMap(
            slice ->
                slice.getEndpoints().stream()
                    .flatMap(
                        endpoint ->
                            endpoint.getAddresses().stream()
                                .map(address -> targets.target(slice, endpoint, address))))
        .sorted(Comparator.comparing(Target::address).thenComparing(Target::port))
        .toList();
  }

  private static <T extends HasMetadata> List<T> of(Named group, List<T> documents) {
    return documents.stream()
        .filter(it -> group.name().equals(label(it, Api.TARGET_GROUP_LABEL)))
        .filter(it -> group.namespace().equals(label(it, Api.TARGET_GROUP_NAMESPACE_LABEL)))
        .toList();
  }

  private static @Nullable String label(HasMetadata document, String name) {
    var labels = document.getMetadata().getLabels();
    return labels == null ? null : labels.get(name);
  }

  private Target target(EndpointSlice slice, Endpoint endpoint, String address) {
    int port = port(slice);
    int weight = weight(slice);
    var judged = judged(endpoint, weight, verdicts.get(new Place(address, port)));
    var pod = endpoint.getTargetRef();
    return new Target(
        address,
        port,
        weight,
        judged.health(),
        judged.since(),
        judged.reason(),
        pod == null ? null : pod.getName(),
        endpoint.getNodeName(),
        endpoint.getZone());
  }

  private Judged judged(Endpoint endpoint, int weight, @Nullable TargetHealth verdict) {
    var conditions = endpoint.getConditions();
    if (conditions != null && Boolean.TRUE.equals(conditions.getTerminating())) {
      return new Judged("Draining", null, "it is terminating");
    }
    if (weight == 0) {
      return new Judged("Draining", null, "its weight is 0");
    }
    if (checked) {
      return verdict == null
          ? new Judged("Initial", null, "no health checker has reported it yet")
          : new Judged(Word.of(verdict.state()), verdict.since(), verdict.reason());
    }
    return conditions != null && Boolean.FALSE.equals(conditions.getReady())
        ? new Judged("Unhealthy", null, "it is not ready, and there is no health check")
        : new Judged(Target.HEALTHY, null, "it is ready, and there is no health check");
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
