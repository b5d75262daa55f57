package cloud.thalassa.lb.crds.replica;

import cloud.thalassa.lb.crds.HealthState;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What flows through one load balancer, its replicas added up. Rates are those of a second.
 *
 * @param loadBalancer {@code namespace/name}
 * @param replicas how many were read
 * @param silent replicas that could not be
 */
public record Traffic(
    String loadBalancer,
    int replicas,
    int silent,
    List<Door> listeners,
    List<Group> targetGroups,
    List<Target> targets) {
  private static final String LISTENER = "listener";
  private static final String GROUP = "target_group";
  private static final String OPEN = "thalassa_lb_connections_open";
  private static final String ENDED = "thalassa_lb_connections_total";
  private static final String REJECTED = "thalassa_lb_rejections_total";
  private static final String SELECTED = "thalassa_lb_selections_total";

  /** Of connections that ended, what is nobody's wish. */
  private static final Set<String> BROKEN =
      Set.of("ClientReset", "TargetReset", "TargetDrained", "ListenerRemoved", "InternalError");

  /**
   * A listener; of UDP its flows.
   *
   * @param errors connections refused or broken off
   * @param mostly the reason of most of these; null: there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Door(
      String name,
      long connections,
      double opened,
      double ended,
      double bytesToTarget,
      double bytesToClient,
      double errors,
      @Nullable String mostly) {}

  /**
   * A target group.
   *
   * @param chosen targets chosen for connections
   * @param failed of these, how many could not be connected
   * @param connectMillis how long it took to connect them, on average; null: nobody was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Group(String name, double chosen, double failed, @Nullable Double connectMillis) {}

  /** A target with its live connections. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      String address,
      String targetGroup,
      long connections,
      @Nullable HealthState health,
      String why) {}

  /**
   * What happened between two readings of the replicas.
   *
   * @param before by replica
   * @param after by replica
   * @param listeners that are served, {@code namespace/name}
   */
  public static Traffic between(
      String loadBalancer,
      Map<String, Reading> before,
      Map<String, Reading> after,
      int silent,
      List<String> listeners,
      List<String> groups) {
    var span = new Span(before, after);
    return new Traffic(
        loadBalancer,
        after.size(),
        silent,
        names(listeners, after, OPEN, LISTENER).stream().map(it -> door(span, it)).toList(),
        names(groups, after, SELECTED, GROUP).stream().map(it -> group(span, it)).toList(),
        targets(after));
  }

  /** Those of the document, and those that still have something to end. */
  private static Set<String> names(
      List<String> served, Map<String, Reading> readings, String meter, String label) {
    var names = new TreeSet<>(served);
    readings
        .values()
        .forEach(
            reading ->
                reading
                    .values()
                    .forEach(
                        (series, value) -> {
                          var name = series.labels().get(label);
                          if (series.meter().equals(meter) && name != null && value > 0) {
                            names.add(name);
                          }
                        }));
    return names;
  }

  private static Door door(Span span, String name) {
    var ended = span.rates(ENDED, LISTENER, name, "reason");
    double all = ended.values().stream().mapToDouble(it -> it).sum();
    var errors = new HashMap<>(span.rates(REJECTED, LISTENER, name, "reason"));
    ended.forEach(
        (reason, rate) -> {
          if (BROKEN.contains(reason)) {
            errors.merge(reason, rate, Double::sum);
          }
        });
    var bytes = span.rates("thalassa_lb_bytes_total", LISTENER, name, "direction");
    return new Door(
        name,
        Math.round(span.now(OPEN, LISTENER, name)),
        Math.max(0, all + span.change(OPEN, LISTENER, name)),
        all,
        bytes.getOrDefault("ToTarget", 0.0),
        bytes.getOrDefault("ToClient", 0.0),
        errors.values().stream().mapToDouble(it -> it).sum(),
        errors.entrySet().stream()
            .filter(it -> it.getValue() > 0)
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(null));
  }

  private static Group group(Span span, String name) {
    double connects = span.rate("thalassa_lb_connect_seconds_count", GROUP, name);
    double seconds = span.rate("thalassa_lb_connect_seconds_sum", GROUP, name);
    return new Group(
        name,
        span.rate(SELECTED, GROUP, name),
        span.rate("thalassa_lb_connect_failures_total", GROUP, name),
        connects > 0 ? 1000 * seconds / connects : null);
  }

  private static List<Target> targets(Map<String, Reading> readings) {
    var targets = new HashMap<List<String>, Target>();
    readings
        .values()
        .forEach(
            reading ->
                reading
                    .targets()
                    .forEach(
                        it ->
                            targets.merge(
                                List.of(it.targetGroup(), it.address()),
                                Targets.of(it),
                                Targets::together)));
    var sorted = new ArrayList<>(targets.values());
    sorted.sort(
        Comparator.comparing(Target::connections)
            .reversed()
            .thenComparing(Target::targetGroup)
            .thenComparing(Target::address));
    return sorted;
  }
}
