package cloud.thalassa.lb.dataplane.explain;

import cloud.thalassa.lb.dataplane.table.ListenerKey;
import org.jspecify.annotations.Nullable;

/** What changes without a new table. */
public interface Live {
  /** Why a listener of the table takes nothing here, as a sentence; null: it is bound. */
  @Nullable String problem(ListenerKey listener);

  /** Connections and flows of a listener. */
  int open(ListenerKey listener);

  /** The same of one source, where the listener limits sources. */
  int open(ListenerKey listener, long sourceHigh, long sourceLow);
}
