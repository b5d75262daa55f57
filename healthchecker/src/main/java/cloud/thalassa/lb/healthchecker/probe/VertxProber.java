package cloud.thalassa.lb.healthchecker.probe;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Probes on Vert.x event loops, each probe on one of them from beginning to end. */
public final class VertxProber implements Prober {
  private final Vertx vertx;
  private final List<Context> loops;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * One per timeout in seconds, of which there are at most 300: Vert.x takes it from the client.
   */
  private final Map<Integer, NetClient> clients = new ConcurrentHashMap<>();

  public VertxProber(Vertx vertx, int loops) {
    this.vertx = vertx;
    this.loops =
        Stream.<Context>generate(((VertxInternal) vertx)::createEventLoopContext)
            .limit(loops)
            .toList();
  }

  @Override
  public void probe(Probe probe, Consumer<ProbeResult> verdict, Runnable released) {
    var client = clients.computeIfAbsent(probe.check().timeoutSeconds(), this::client);
    var loop = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    loop.runOnContext(start -> new Attempt(vertx, client, probe, verdict, released).begin());
  }

  private NetClient client(int timeoutSeconds) {
    return vertx.createNetClient(
        new NetClientOptions()
            .setConnectTimeout(timeoutSeconds * 1000)
            .setTcpNoDelay(true)
            .setReuseAddress(false));
  }
}
