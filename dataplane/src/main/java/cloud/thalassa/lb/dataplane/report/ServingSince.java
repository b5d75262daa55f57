package cloud.thalassa.lb.dataplane.report;

import cloud.thalassa.lb.crds.DataplaneReportSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Since when the revision of each load balancer is in service, with all its listeners bound. */
public final class ServingSince {
  private final InstantSource clock;
  private final Map<String, Since> known = new HashMap<>();

  public ServingSince(InstantSource clock) {
    this.clock = clock;
  }

  /** Reports that say so; called on one thread. */
  public Map<String, DataplaneReportSpec> say(Map<String, DataplaneReportSpec> reports) {
    known.keySet().retainAll(reports.keySet());
    var said = new HashMap<String, DataplaneReportSpec>();
    reports.forEach((loadBalancer, report) -> said.put(loadBalancer, say(loadBalancer, report)));
    return said;
  }

  private DataplaneReportSpec say(String loadBalancer, DataplaneReportSpec report) {
    var since = known.get(loadBalancer);
    if (since == null || !since.revision.equals(report.revision())) {
      if (!Composition.settled(report)) {
        known.remove(loadBalancer);
        return report;
      }
      since = new Since(report.revision(), clock.instant().truncatedTo(ChronoUnit.MICROS));
      known.put(loadBalancer, since);
    }
    return report.withServingSince(since.at.toString());
  }

  private record Since(String revision, Instant at) {}
}
