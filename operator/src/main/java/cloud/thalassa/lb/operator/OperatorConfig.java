package cloud.thalassa.lb.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything that can be set from outside, as {@code THALASSA_...} or {@code -Dthalassa...}. */
@ConfigMapping(prefix = "thalassa")
public interface OperatorConfig {
  /** Set: the objects and documents are files below it. Not set: they are in a cluster. */
  Optional<Path> directory();

  /** Names this process among its like. */
  @WithDefault("${HOSTNAME:local}")
  String instance();

  /** Where the operator itself and its Lease live. */
  @WithDefault("thalassa-system")
  String namespace();

  /**
   * Directory mode: when the programs were started, in milliseconds since 1970. Given: one line on
   * standard output says when every accepted listener is bound.
   */
  OptionalLong announceReadySince();

  Dataplane dataplane();

  /** The dataplane pods. */
  interface Dataplane {
    /** Needed in a cluster. */
    Optional<String> image();

    @WithDefault("IfNotPresent")
    String imagePullPolicy();

    @WithDefault("thalassa-lb-dataplane")
    String clusterRole();

    /** How long a stopping replica lets its connections live. */
    @WithDefault("300S")
    Duration drainDeadline();

    /**
     * What every dataplane pod begins with: a part of a PodSpec, as JSON. Of its container {@code
     * dataplane} the resources, for load balancers that ask for none, and the environment.
     */
    @WithDefault("{}")
    String pod();
  }
}
