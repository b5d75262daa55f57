package cloud.thalassa.lb.healthchecker.probe;

import java.util.function.Consumer;

/** Does one probe. */
public interface Prober {
  /**
   * Returns at once. The verdict comes exactly once, within the check's timeout and some
   * milliseconds; {@code released} follows when nothing is held open any more, at most a second
   * later. Both are called on a thread of the prober's, which must not be blocked.
   */
  void probe(Probe probe, Consumer<ProbeResult> verdict, Runnable released);
}
