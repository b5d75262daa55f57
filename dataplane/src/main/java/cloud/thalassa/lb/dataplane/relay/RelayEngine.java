package cloud.thalassa.lb.dataplane.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Accepts, selects, connects and relays. Each connection reads the routing table once, when it is
 * accepted. All methods may be called from any thread and none of them blocks.
 */
public interface RelayEngine {
  /**
   * Starts to take traffic on the address.
   *
   * @return where it listens (the real port, where the binding said 0); fails with an {@link
   *     java.io.IOException} when the address cannot be had
   */
  CompletableFuture<InetSocketAddress> bind(Binding binding);

  /**
   * Takes no new connections there any more; those that live keep their drain timeout. Completes
   * when the address is free for others. UDP needs its port for the flows that live, and frees it
   * after the last one, or when another binding needs it.
   */
  CompletableFuture<Void> unbind(Binding binding);

  /**
   * A new table is in effect: connections whose listener or target is leaving get their deadline,
   * and flows move to targets that serve.
   */
  void tableChanged();

  /**
   * Ends the service: takes no new connections, waits for those that live, and cuts what is left at
   * the deadline (zero: at once). Completes when none is left.
   */
  CompletableFuture<Void> drain(Duration deadline);
}
