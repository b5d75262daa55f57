package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Entry;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Pool;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Share;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** The document that tells the dataplane of one load balancer what to forward. */
final class Forwarding {
  private static final int IDLE_SECONDS_TCP = 6000;
  private static final int IDLE_SECONDS_UDP = 60;

  private Forwarding() {}

  static ForwardingConfig config(
      Observed observed,
      List<Served> accepted,
      SortedMap<Ref, Membership> used,
      Screening screening) {
    int replicas = replicas(observed);
    var config = new ForwardingConfig();
    config.setMetadata(
        new ObjectMetaBuilder(Documents.metadata(observed.loadBalancer()))
            .withName(observed.loadBalancer().getMetadata().getName())
            .build());
    config.setSpec(
        Revision.stamp(
            new ForwardingConfigSpec(
                ForwardingConfigSpec.FORMAT_VERSION,
                "",
                addresses(observed),
                accepted.stream()
                    .map(served -> entry(served, replicas))
                    .sorted(Comparator.comparing(Entry::name))
                    .toList(),
                used.values().stream().map(Membership::group).map(Forwarding::pool).toList(),
                screening.rules())));
    return config;
  }

  /** A document of the same name that forwards nothing. */
  static ForwardingConfig nothing(ForwardingConfig named) {
    var config = new ForwardingConfig();
    config.setMetadata(named.getMetadata());
    config.setSpec(
        Revision.stamp(
            new ForwardingConfigSpec(
                ForwardingConfigSpec.FORMAT_VERSION, "", List.of(), List.of(), List.of(), null)));
    return config;
  }

  /** In a cluster every replica has a network of its own, and binds all of it. */
  private static List<String> addresses(Observed observed) {
    var spec = observed.loadBalancer().getSpec();
    if (observed.site() == Site.CLUSTER || spec == null) {
      return List.of();
    }
    var given = observed.seat().addresses();
    return (given.isEmpty() ? spec.addresses() : given)
        .stream()
            .map(IpAddress::parse)
            .filter(Objects::nonNull)
            .map(IpAddress::text)
            .sorted()
            .toList();
  }

  private static Entry entry(Served served, int replicas) {
    var listener = served.listener();
    var spec = listener.getSpec();
    return new Entry(
        Ref.of(listener).toString(),
        spec.protocol(),
        spec.port(),
        spec.lastPort() == spec.port() ? null : spec.endPort(),
        spec.targetGroupRef() == null ? null : served.pool(spec.shares().getFirst()),
        spec.weightedTargetGroups().stream()
            .map(share -> new Share(served.pool(share), share.weight()))
            .toList(),
        Math.ceilDiv(spec.maxConnections(), replicas),
        Math.ceilDiv(spec.maxConnectionsPerSource(), replicas),
        Math.ceilDiv(spec.newConnectionsPerSourcePerSecond(), replicas),
        idleSeconds(listener),
        Cidr.canonical(spec.allowedSources()),
        served.proxyProtocol(),
        spec.acceptProxyProtocol() == null
            ? List.of()
            : Cidr.canonical(spec.acceptProxyProtocol().from()));
  }

  private static int idleSeconds(Listener listener) {
    var seconds = listener.getSpec().idleTimeoutSeconds();
    if (seconds != null) {
      return seconds;
    }
    return listener.getSpec().protocol() == Protocol.UDP ? IDLE_SECONDS_UDP : IDLE_SECONDS_TCP;
  }

  private static int replicas(Observed observed) {
    LoadBalancer loadBalancer = observed.loadBalancer();
    if (observed.site() == Site.DIRECTORY) {
      return 1;
    }
    return loadBalancer.getSpec() == null ? 2 : loadBalancer.getSpec().replicas();
  }

  private static Pool pool(TargetGroup group) {
    var spec = group.getSpec();
    return new Pool(
        Ref.of(group).toString(),
        spec.policy(),
        spec.whenNoneHealthy(),
        spec.drainTimeoutSeconds(),
        spec.slowStartSeconds(),
        spec.healthCheck());
  }
}
