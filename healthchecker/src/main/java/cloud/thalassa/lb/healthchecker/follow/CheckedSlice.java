package cloud.thalassa.lb.healthchecker.follow;

import cloud.thalassa.lb.crds.HealthCheck;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A slice whose members are to be probed. {@code group} is the target group, {@code
 * namespace/name}; {@code labels} are the slice's own; targets are ordered by address.
 */
public record CheckedSlice(
    SliceRef ref,
    @Nullable String uid,
    Map<String, String> labels,
    String group,
    HealthCheck check,
    List<Target> targets) {
  public CheckedSlice {
    labels = Map.copyOf(labels);
    targets = List.copyOf(targets);
  }

  /** A member: where its traffic goes, and where it is probed. */
  public record Target(String address, int port, int probePort) {}
}
