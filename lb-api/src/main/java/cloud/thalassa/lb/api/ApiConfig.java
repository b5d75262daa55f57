package cloud.thalassa.lb.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Everything that can be set from outside, as {@code THALASSA_...} or {@code -Dthalassa...}. */
@ConfigMapping(prefix = "thalassa")
public interface ApiConfig {
  Region region();

  /**
   * How long the answer to who creates a load balancer waits for its address. Some clients look for
   * it there and nowhere else.
   */
  @WithDefault("1S")
  Duration addressPatience();

  Founder founder();

  Database database();

  /** What clients call the cluster. */
  interface Region {
    @WithDefault("local")
    String slug();

    @WithDefault("Local")
    String name();
  }

  /** Makes an organisation and a token of its owner, if both are given. */
  interface Founder {
    /** Slug of the organisation. */
    Optional<String> organisation();

    Optional<String> token();
  }

  /** Read by the data sources; named here, so that they are known. */
  interface Database {
    /** {@code HOST:PORT/DATABASE}. */
    String address();

    @WithDefault("thalassa")
    String user();

    Optional<String> password();
  }
}
