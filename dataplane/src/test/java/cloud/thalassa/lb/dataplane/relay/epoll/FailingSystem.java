package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The real system, which refuses some calls as it would under pressure. */
public final class FailingSystem {
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  private record Failure(int errno, int times) {}

  /** The next so many calls of this name return this error. */
  public void fail(String call, int errno, int times) {
    failures.put(call, new Failure(errno, times));
  }

  /** Whether each failure that was asked for has happened. */
  public boolean hasFailed() {
    return failures.isEmpty();
  }

  public RelayEngine start(
      Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits) {
    try {
      return EpollEngine.start(vertx, table, meters, limits, this::linux, 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Linux linux() throws IOException {
    var real = Platform.linux();
    return (Linux)
        Proxy.newProxyInstance(
            Linux.class.getClassLoader(),
            new Class<?>[] {Linux.class},
            (_, method, arguments) -> {
              int errno = take(method.getName());
              return errno == 0 ? method.invoke(real, arguments) : -errno;
            });
  }

  private int take(String call) {
    var failed = new int[1];
    failures.computeIfPresent(
        call,
        (_, failure) -> {
          failed[0] = failure.errno();
          return failure.times() == 1 ? null : new Failure(failure.errno(), failure.times() - 1);
        });
    return failed[0];
  }
}
