package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.dataplane.explain.Live;
import cloud.thalassa.lb.dataplane.listen.Listeners;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import org.jspecify.annotations.Nullable;

/** This replica as it is now. */
record Present(Listeners listeners, RelayMeters meters) implements Live {
  @Override
  public @Nullable String problem(ListenerKey listener) {
    var state = listeners.states().get(listener);
    if (state != null && state.bound()) {
      return null;
    }
    return state == null || state.problem() == null ? "it is not bound yet" : state.problem();
  }

  @Override
  public int open(ListenerKey listener) {
    return meters.open(listener);
  }

  @Override
  public int open(ListenerKey listener, long sourceHigh, long sourceLow) {
    return meters.open(listener, sourceHigh, sourceLow);
  }
}
