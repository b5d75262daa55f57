package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.crds.HealthReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * What there is now.
 *
 * @param objects of the kinds that load balancers are made of
 * @param reports what health checkers say
 */
public record World(List<HasMetadata> objects, List<HealthReport> reports) {
  public World {
    objects = List.copyOf(objects);
    reports = List.copyOf(reports);
  }
}
