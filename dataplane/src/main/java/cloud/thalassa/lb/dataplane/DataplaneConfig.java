package cloud.thalassa.lb.dataplane;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How this process is configured. Read once, at the start. */
@ConfigMapping(prefix = "thalassa")
interface DataplaneConfig {
  /** Directory mode: the documents of all load balancers lie here, not in a cluster. */
  Optional<String> directory();

  /** In a cluster: {@code namespace/name} of the load balancer that this process serves. */
  Optional<String> loadBalancer();

  /** In a cluster: the name of the pod, under which it reports. */
  @WithDefault("${HOSTNAME:local}")
  String instance();

  /** In a cluster: the uid of the pod; its report goes when it goes. */
  @WithDefault("${POD_UID:}")
  Optional<String> podUid();

  /** What moves the bytes: auto, vertx or epoll. */
  @WithDefault("auto")
  String engine();

  /** How long connections may live on after the end of the process was asked for. */
  @WithDefault("300S")
  Duration drainDeadline();

  /** A file to which one line goes for each connection that ended; {@code -}: standard output. */
  Optional<String> flowLog();

  /** The share of connections that have a line in the flow log, 0..1. */
  Optional<String> flowLogSample();

  /** In a cluster: where the last known documents are kept, for a start without the API server. */
  Optional<String> cache();
}
