package cloud.thalassa.lb.dataplane.drain;

import cloud.thalassa.lb.dataplane.listen.Listeners;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Ends the service so that whoever can end by himself does. */
public final class Drain {
  private final Listeners listeners;
  private final RelayEngine engine;

  public Drain(Listeners listeners, RelayEngine engine) {
    this.listeners = listeners;
    this.engine = engine;
  }

  /**
   * Accepts nothing new, waits for what lives, and cuts what is left at the deadline. Completes
   * when nothing lives. Called again, it can only make the deadline earlier.
   */
  public CompletableFuture<Void> begin(Duration deadline) {
    listeners.stop();
    return engine.drain(deadline);
  }
}
