package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A listener in the words of a client. */
record ListenerLiteral(
    int port,
    String protocol,
    String targetGroup,
    @Nullable Long maxConnections,
    @Nullable Long connectionIdleTimeout,
    @Nullable List<String> allowedSources)
    implements Literal<ListenerSpec> {
  private static final int DEFAULT_CONNECTIONS = 10_000;
  private static final int MOST_CONNECTIONS = 100_000_000;
  private static final int LONGEST_IDLE = 86_400;

  static ListenerLiteral of(Listener listener) {
    var spec = listener.getSpec();
    return Literal.of(listener, ListenerLiteral.class, spec).orElseGet(() -> derived(spec));
  }

  private static ListenerLiteral derived(ListenerSpec spec) {
    var idle = spec.idleTimeoutSeconds();
    return new ListenerLiteral(
        spec.port(),
        spec.protocol().name().toLowerCase(Locale.ROOT),
        spec.shares().getFirst().name(),
        spec.maxConnections() == DEFAULT_CONNECTIONS ? null : Long.valueOf(spec.maxConnections()),
        idle == null ? null : Long.valueOf(idle),
        spec.allowedSources());
  }

  List<String> sources() {
    return allowedSources == null ? List.of() : allowedSources;
  }

  @Override
  public ListenerSpec over(ListenerSpec spec) {
    boolean same = targetGroup.equals(spec.shares().getFirst().name());
    return new ListenerSpec(
        spec.loadBalancerRef(),
        Protocols.kind(protocol),
        port,
        spec.port() == port ? spec.endPort() : null,
        same ? spec.targetGroupRef() : new ObjectRef(targetGroup, null),
        same ? spec.weightedTargetGroups() : List.of(),
        maxConnections == null
            ? DEFAULT_CONNECTIONS
            : (int) Math.min(maxConnections, MOST_CONNECTIONS),
        connectionIdleTimeout == null
            ? null
            : (int) Math.clamp(connectionIdleTimeout, 1, LONGEST_IDLE),
        IntStream.range(0, sources().size())
            .mapToObj(i -> Networks.network("allowedSources[" + i + "]", sources().get(i)))
            .toList(),
        spec.maxConnectionsPerSource(),
        spec.newConnectionsPerSourcePerSecond(),
        spec.proxyProtocol(),
        spec.acceptProxyProtocol());
  }

  static ListenerSpec moved(ListenerSpec spec, ObjectRef loadBalancer) {
    return new ListenerSpec(
        loadBalancer,
        spec.protocol(),
        spec.port(),
        spec.endPort(),
        spec.targetGroupRef(),
        spec.weightedTargetGroups(),
        spec.maxConnections(),
        spec.idleTimeoutSeconds(),
        spec.allowedSources(),
        spec.maxConnectionsPerSource(),
        spec.newConnectionsPerSourcePerSecond(),
        spec.proxyProtocol(),
        spec.acceptProxyProtocol());
  }

  /** What the literal is written over when there is no listener yet. */
  ListenerSpec alone(ObjectRef loadBalancer) {
    Protocol protocol = Protocols.kind(this.protocol);
    return over(
        new ListenerSpec(
            loadBalancer,
            protocol,
            port,
            null,
            new ObjectRef(targetGroup, null),
            List.of(),
            DEFAULT_CONNECTIONS,
            null,
            List.of(),
            0,
            0,
            null,
            null));
  }
}
