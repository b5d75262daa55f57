package cloud.thalassa.lb.api.replica;

import cloud.thalassa.lb.crds.replica.Traffic;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flows through a load balancer that somebody looks at.
 *
 * @param now null: its replicas have been asked once only, or do not answer
 * @param moments since somebody looks, the oldest first
 */
public record Flow(@Nullable Traffic now, List<Moment> moments) {
  public Flow {
    moments = List.copyOf(moments);
  }

  /** All listeners at one moment; rates are those of a second. */
  public record Moment(
      Instant at, long connections, double opened, double bytesToTarget, double bytesToClient) {
    static Moment of(Instant at, Traffic traffic) {
      long connections = 0;
      double opened = 0;
      double toTarget = 0;
      double toClient = 0;
      for (var it : traffic.listeners()) {
        connections += it.connections();
        opened += it.opened();
        toTarget += it.bytesToTarget();
        toClient += it.bytesToClient();
      }
      return new Moment(at, connections, opened, toTarget, toClient);
    }
  }
}
