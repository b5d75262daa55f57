package cloud.thalassa.lb.operator.trace;

import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where traces go. */
interface Traces {
  /** Begins the trace of a change, and with it an id. */
  Trace begin(Ref loadBalancer, String revision, Instant start);

  interface Trace {
    /** By which its reader finds it; null: it is not kept. */
    @Nullable String id();

    /**
     * Ends it.
     *
     * @param problem why the change is not in service; null: it is
     */
    void end(
        List<Step> steps, Map<String, String> attributes, Instant end, @Nullable String problem);
  }
}
