package cloud.thalassa.lb.dataplane.listen;

import org.jspecify.annotations.Nullable;

/**
 * How a listener of the newest table is served.
 *
 * @param bound all its addresses are
 * @param activeConnections connections and flows that live
 * @param problem why it is not bound, as a sentence; null: it is bound, or being bound
 */
public record ListenerState(boolean bound, int activeConnections, @Nullable String problem) {}
