package cloud.thalassa.lb.dataplane.relay.epoll;

import java.util.concurrent.CompletableFuture;

/** A binding in service. */
interface Port {
  /** Takes traffic from this bound socket on this loop. To be called on the loop. */
  void open(Loop loop, int fd);

  /** Takes nothing new; completes when the address is free. */
  CompletableFuture<Void> unbind();

  /** As {@link #unbind}, and waits for nobody who needs the address. */
  CompletableFuture<Void> free();
}
