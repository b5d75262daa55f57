package cloud.thalassa.lb.healthchecker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How this process is configured. Read once, at the start. */
@ConfigMapping(prefix = "thalassa")
interface CheckerConfig {
  /** Directory mode: the documents lie here, not in a cluster. */
  Optional<String> directory();

  /** Tells this checker from the others; part of its Lease's name. */
  @WithDefault("${HOSTNAME:local}")
  String instance();

  /** Where the Leases are. */
  @WithDefault("thalassa-system")
  String namespace();

  Events events();

  /**
   * Where the history is told; {@code application.properties} makes settings of a connector of it.
   */
  interface Events {
    Connector connector();

    String host();

    int port();

    String topic();

    Optional<String> user();

    Optional<String> password();

    boolean tls();
  }

  /** What carries events. */
  enum Connector {
    NONE,
    AMQP,
    KAFKA
  }
}
