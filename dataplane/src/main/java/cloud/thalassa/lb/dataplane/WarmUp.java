package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Relays to itself until its machine code is made. A process that has just started runs its byte
 * path in the interpreter: where processors are short, its first clients would wait for seconds.
 * All of it is an engine of its own on the loopback, which leaves nothing but that code.
 */
final class WarmUp {
  private static final Logger log = Logger.getLogger(WarmUp.class);

  /** What the compilers want to see before they act, some times over. */
  private static final int CONVERSATIONS = 1000;

  /** Then clients are better served slowly than not at all. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final CompletableFuture<Integer> conversations = new CompletableFuture<>();

  private WarmUp() {}

  /** On a thread of its own. */
  static WarmUp begin(EngineChoice choice) {
    var warmUp = new WarmUp();
    Thread.ofPlatform().daemon().name("warm-up").start(() -> warmUp.run(choice));
    return warmUp;
  }

  /** Nothing to do. */
  static WarmUp none() {
    var warmUp = new WarmUp();
    warmUp.conversations.complete(0);
    return warmUp;
  }

  boolean over() {
    return conversations.isDone();
  }

  /** How many there were; complete when it is over. */
  CompletableFuture<Integer> conversations() {
    return conversations;
  }

  private void run(EngineChoice choice) {
    var begun = System.nanoTime();
    var done = 0;
    var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    try (var targets = new LoopbackTargets()) {
      var table = RoutingTable.of(targets.documents(), RoutingTable.EMPTY, begun);
      var meters = new RelayMeters(new SimpleMeterRegistry());
      var engine = choice.start(vertx, () -> table, meters, RelayLimits.DEFAULT);
      var tcp = bound(engine, table, Protocol.TCP);
      var udp = bound(engine, table, Protocol.UDP);
      var until = begun + LONGEST.toNanos();
      while (done < CONVERSATIONS && System.nanoTime() - until < 0) {
        targets.converse(tcp, udp);
        done++;
      }
      log.infof(
          "Warm after %d conversations with itself, %d ms",
          done, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    } catch (IOException | RuntimeException e) {
      log.warnf("The warm-up ended early, first clients may find it slow: %s", e);
    } finally {
      conversations.complete(done);
      var _ = vertx.close();
    }
  }

  private static InetSocketAddress bound(RelayEngine engine, RoutingTable table, Protocol protocol)
      throws IOException {
    var route = table.routes().values().stream().filter(it -> it.protocol() == protocol).findAny();
    var listener = route.orElseThrow();
    var binding = new Binding(listener.key(), protocol, listener.bind().iterator().next());
    try {
      return engine.bind(binding).orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }
}
