package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.operator.front.Annotation;
import cloud.thalassa.lb.operator.front.Annotations;
import cloud.thalassa.lb.operator.front.Remarks;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all ports of a Service.
 *
 * @param idleSeconds null: by protocol
 * @param shares empty: every pod counts the same
 */
record Tuning(
    SelectionPolicy policy,
    ProxyProtocol proxyProtocol,
    @Nullable HealthCheck healthCheck,
    @Nullable Integer idleSeconds,
    @Nullable Integer udpIdleSeconds,
    int maxConnections,
    int maxConnectionsPerSource,
    int newConnectionsPerSource,
    int drainSeconds,
    int slowStartSeconds,
    List<PodShare> shares,
    int replicas) {
  private static final int DAY = 86_400;
  private static final int MOST_CONNECTIONS = 100_000_000;

  static Tuning of(Service service, Annotations annotations, Remarks remarks) {
    remarkType(annotations, remarks);
    return new Tuning(
        policy(service, annotations, remarks),
        proxyProtocol(annotations, remarks),
        HealthChecks.of(annotations, remarks),
        annotations.number(Annotation.IDLE_CONNECTION_TIMEOUT, 1, DAY, "6000 (UDP: 60)"),
        annotations.number(Annotation.UDP_IDLE_TIMEOUT, 1, DAY, "60"),
        annotations.number(Annotation.MAX_CONNECTIONS, 0, MOST_CONNECTIONS, 10_000),
        annotations.number(Annotation.MAX_CONNECTIONS_PER_SOURCE, 0, MOST_CONNECTIONS, 0),
        annotations.number(Annotation.NEW_CONNECTIONS_PER_SOURCE, 0, 1_000_000, 0),
        annotations.number(Annotation.DRAIN_TIMEOUT, 0, 3600, 300),
        annotations.number(Annotation.SLOW_START, 0, 900, 0),
        PodShare.of(service, annotations, remarks),
        annotations.number(Annotation.REPLICAS, 1, 32, 2));
  }

  private static void remarkType(Annotations annotations, Remarks remarks) {
    var type = annotations.text(Annotation.TYPE);
    if (type != null && !type.equals("public")) {
      remarks.setting(
          "type: \"%s\" has no effect, nor has any other type: use scheme.".formatted(type));
    }
  }

  private static SelectionPolicy policy(Service service, Annotations annotations, Remarks remarks) {
    boolean sticky = "ClientIP".equals(service.getSpec().getSessionAffinity());
    var text = annotations.text(Annotation.LOADBALANCING_POLICY);
    var otherwise = sticky ? SelectionPolicy.MAGLEV : SelectionPolicy.ROUND_ROBIN;
    var policy = text == null ? otherwise : parse(text);
    if (policy == null) {
      remarks.unclear(
          Annotation.LOADBALANCING_POLICY,
          "loadbalancing-policy: \"%s\" must be ROUND_ROBIN, RANDOM, MAGLEV or LEAST_CONNECTIONS"
              .formatted(text),
          sticky ? "MAGLEV is in effect" : "the default, ROUND_ROBIN, is in effect");
      return otherwise;
    }
    if (sticky && policy != SelectionPolicy.MAGLEV) {
      remarks.setting(
          "loadbalancing-policy: sessionAffinity ClientIP needs MAGLEV, which is in effect and not %s: remove one of the two."
              .formatted(text));
    }
    return sticky ? SelectionPolicy.MAGLEV : policy;
  }

  private static @Nullable SelectionPolicy parse(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "ROUND_ROBIN" -> SelectionPolicy.ROUND_ROBIN;
      case "RANDOM" -> SelectionPolicy.RANDOM;
      case "MAGLEV" -> SelectionPolicy.MAGLEV;
      case "LEAST_CONNECTIONS" -> SelectionPolicy.LEAST_CONNECTIONS;
      default -> null;
    };
  }

  private static ProxyProtocol proxyProtocol(Annotations annotations, Remarks remarks) {
    var text = annotations.text(Annotation.PROXY_PROTOCOL_VERSION);
    var version = version(text, remarks);
    if (annotations.holds(Annotation.ENABLE_PROXY_PROTOCOL)) {
      return version;
    }
    if (text != null) {
      remarks.setting(
          "proxy-protocol-version: no header is written while enable-proxy-protocol is not true.");
    }
    return ProxyProtocol.NONE;
  }

  private static ProxyProtocol version(@Nullable String text, Remarks remarks) {
    if (text == null || text.equals("1") || text.equalsIgnoreCase("v1")) {
      return ProxyProtocol.V1;
    }
    if (!text.equals("2") && !text.equalsIgnoreCase("v2")) {
      remarks.unclear(
          Annotation.PROXY_PROTOCOL_VERSION,
          "proxy-protocol-version: \"%s\" must be 1 or 2".formatted(text),
          "the default, 1, is in effect");
      return ProxyProtocol.V1;
    }
    return ProxyProtocol.V2;
  }

  @Nullable Integer idleSeconds(Protocol protocol) {
    return protocol == Protocol.UDP && udpIdleSeconds != null ? udpIdleSeconds : idleSeconds;
  }

  /** Version 1 cannot describe UDP. */
  ProxyProtocol proxyProtocol(Protocol protocol) {
    return protocol == Protocol.UDP && proxyProtocol == ProxyProtocol.V1
        ? ProxyProtocol.NONE
        : proxyProtocol;
  }
}
