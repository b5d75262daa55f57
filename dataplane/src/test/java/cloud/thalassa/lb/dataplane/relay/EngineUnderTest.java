package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.epoll.EpollEngine;
import cloud.thalassa.lb.dataplane.relay.vertx.VertxEngine;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The engines that have to behave. A new one is one more constant. */
enum EngineUnderTest {
  VERTX {
    @Override
    RelayEngine start(
        Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits) {
      return new VertxEngine(vertx, table, meters, limits);
    }
  },
  EPOLL {
    @Override
    RelayEngine start(
        Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits) {
      try {
        return EpollEngine.start(vertx, table, meters, limits);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  abstract RelayEngine start(
      Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits);

  /** Every engine on the loopback address of every family. */
  static Stream<Setting> settings() {
    return Arrays.stream(values())
        .flatMap(
            engine ->
                Stream.of("127.0.0.1", "::1")
                    .map(address -> new Setting(engine, InetAddress.ofLiteral(address))));
  }

  record Setting(EngineUnderTest engine, InetAddress loopback) {
    @Override
    public String toString() {
      return engine + " on " + loopback.getHostAddress();
    }
  }
}
