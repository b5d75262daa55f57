package cloud.thalassa.lb.dataplane.relay.epoll;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs a loop on a thread of its own, from the deployment to its end. */
final class LoopVerticle extends AbstractVerticle {
  private static final Logger log = Logger.getLogger(LoopVerticle.class);
  private static final long RESTART_MILLIS = 1000;

  private final Loop loop;
  private final String name;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable WorkerExecutor thread;

  LoopVerticle(Loop loop, int number) {
    this.loop = loop;
    this.name = "epoll-loop-" + number;
  }

  @Override
  public void start() {
    thread = vertx.createSharedWorkerExecutor(name, 1, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    run();
  }

  /** What lives on a loop outlives its failure: it goes on where it was. */
  private void run() {
    Objects.requireNonNull(thread)
        .executeBlocking(
            () -> {
              loop.run();
              loop.close();
              return null;
            })
        .onComplete(
            end -> {
              if (end.succeeded()) {
                ended.complete(null);
              } else {
                log.errorf(end.cause(), "%s failed; it is started again", name);
                vertx.setTimer(RESTART_MILLIS, _ -> run());
              }
            });
  }

  @Override
  public void stop(Promise<Void> stopped) {
    loop.stop();
    var _ = ended.thenRun(stopped::complete);
  }
}
