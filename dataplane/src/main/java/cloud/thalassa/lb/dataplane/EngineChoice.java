package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.relay.epoll.EpollEngine;
import cloud.thalassa.lb.dataplane.relay.vertx.VertxEngine;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What the configuration says about who moves the bytes. */
enum EngineChoice {
  /** The fastest that runs here. */
  AUTO,
  VERTX,
  EPOLL;

  private static final Logger log = Logger.getLogger(EngineChoice.class);

  /**
   * The choice with this name.
   *
   * @throws StartupFailure there is none
   */
  static EngineChoice of(String name) {
    return switch (name) {
      case "auto" -> AUTO;
      case "vertx" -> VERTX;
      case "epoll" -> EPOLL;
      default ->
          throw new StartupFailure(
              "thalassa.engine '%s' is none that exists: use auto, vertx or epoll".formatted(name));
    };
  }

  /** A machine on which the epoll engine cannot run is served all the same, by the other one. */
  RelayEngine start(
      Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits) {
    if (this != VERTX) {
      try {
        return EpollEngine.start(vertx, table, meters, limits);
      } catch (IOException e) {
        log.warnf(
            "The engine epoll cannot run here: %s. The engine vertx serves instead",
            e.getMessage());
      }
    }
    return new VertxEngine(vertx, table, meters, limits);
  }
}
