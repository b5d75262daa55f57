package cloud.thalassa.lb.operator.trace;

import cloud.thalassa.lb.operator.trace.Traces.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One revision of a load balancer on its way to its replicas. */
final class Change {
  final String revision;
  final Instant decided;
  private final Trace trace;
  private final List<Step> steps;
  private final Map<String, Step> bound = new TreeMap<>();
  private @Nullable Instant written;

  Change(String revision, Trace trace, List<Step> before, Instant decided) {
    this.revision = revision;
    this.decided = decided;
    this.trace = trace;
    this.steps = new ArrayList<>(before);
  }

  void add(Step step) {
    steps.add(step);
  }

  /** Its documents are written: from now on its replicas can know. */
  void written(Instant at) {
    if (written == null) {
      written = at;
    }
  }

  /**
   * A replica serves it.
   *
   * @param since as the replica says; null: it does not
   * @param told when that was heard
   */
  void bound(String replica, @Nullable Instant since, Instant told) {
    var start = written == null ? decided : written;
    // what a replica says by a clock that is ahead of ours was still told before it was heard
    var end = since == null || since.isAfter(told) ? told : since;
    bound.putIfAbsent(
        replica,
        new Step(
            "bound",
            start,
            end,
            Map.of("thalassa.replica", replica, "thalassa.reported", told.toString()),
            List.of()));
  }

  @Nullable String id() {
    return trace.id();
  }

  void end(Map<String, String> more, Instant end, @Nullable String problem) {
    var attributes = new TreeMap<>(more);
    attributes.put("thalassa.replicas", String.valueOf(bound.size()));
    var all = new ArrayList<>(steps);
    all.addAll(bound.values());
    trace.end(all, attributes, end, problem);
  }
}
