package cloud.thalassa.lb.kubectl.view;

import cloud.thalassa.lb.kubectl.view.Targets.Target;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;

/** Who is in a target group, however he is. */
public final class Members {
  private Members() {}

  /**
   * As {@code address:port}, with a weight other than 1 behind it.
   *
   * @param group {@code namespace/name}
   * @param slices of one load balancer
   */
  public static List<String> of(String group, List<EndpointSlice> slices) {
    return Targets.of(Named.parse(group), false, slices, List.of()).stream()
        .map(Members::text)
        .toList();
  }

  private static String text(Target target) {
    return target.place() + (target.weight() == 1 ? "" : " (weight " + target.weight() + ")");
  }
}
