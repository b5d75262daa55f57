package cloud.thalassa.lb.dataplane.relay.vertx;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A binding in service. */
interface Port {
  /** An unbound socket that will serve it on this loop, or hand out to these loops. */
  Channel open(Loop loop, List<Loop> homes) throws IOException;

  /** Takes nothing new; completes when the address is free. */
  CompletableFuture<Void> unbind();

  /** As {@link #unbind}, and waits for nobody who needs the address. */
  CompletableFuture<Void> free();
}
