package cloud.thalassa.lb.operator;

import cloud.thalassa.lb.crds.address.Cidr;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  /** Where traces go, by the standard variables of OpenTelemetry. Not set: none are kept. */
  @WithDefault("${otel.exporter.otlp.traces.endpoint:${otel.exporter.otlp.endpoint:}}")
  Optional<String> traces();

  /**
   * Directory mode: when the programs were started, in milliseconds since 1970. Given: one line on
   * standard output says when every accepted listener is bound.
   */
  OptionalLong announceReadySince();

  /**
   * Networks in which no target given by hand may be, as CIDRs. Loopback, link-local and multicast
   * addresses are closed whatever this says; the default closes what clouds tell their machines at
   * other addresses.
   */
  @WithDefault(
      "168.63.129.16/32,100.100.100.200/32,192.0.0.192/32,fd00:ec2::254/128,fd20:ce::254/128")
  List<@WithConverter(NetworkConverter.class) Cidr> closedNetworks();

  Services services();

  Events events();

  Dataplane dataplane();

  /** Services of type LoadBalancer. */
  interface Services {
    /** Whether those without a class are ours too, beside those of {@code loadBalancerClass}. */
    @WithDefault("false")
    boolean withoutClass();
  }

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

    /**
     * Whether a NetworkPolicy lets dataplane pods connect to their targets and the API server only.
     */
    @WithDefault("true")
    boolean limitEgress();

    /**
     * Ports of the API server, as its Service and its own machines have them. Its addresses may
     * change, and are not the same to every network plugin.
     */
    @WithDefault("443,6443")
    List<Integer> apiServerPorts();
  }
}
