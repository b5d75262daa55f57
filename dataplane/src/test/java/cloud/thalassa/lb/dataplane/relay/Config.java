package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Share;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.dataplane.table.Documents;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents of one load balancer, to be changed by a test and published again. */
final class Config {
  static final String LOAD_BALANCER = "test/lb";

  final Map<String, ListenerConfig> listeners = new LinkedHashMap<>();
  final Map<String, PoolConfig> pools = new LinkedHashMap<>();

  /** Null: all of the machine. */
  InetAddress address;

  /** Null: no security group is attached. */
  List<SecurityRule> securityRules;

  private int revision;

  Config(InetAddress address) {
    this.address = address;
  }

  static final class ListenerConfig {
    Protocol protocol = Protocol.TCP;
    int port;
    Integer endPort;
    String pool = "test/pool";

    /** In place of {@link #pool}, unless there are none. */
    List<Share> shares = List.of();

    int maxConnections;
    int maxConnectionsPerSource;
    int newConnectionsPerSourcePerSecond;
    int idleTimeoutSeconds = 600;
    List<String> allowedSources = List.of();
    ProxyProtocol proxyProtocol = ProxyProtocol.NONE;
    List<String> acceptProxyProtocolFrom = List.of();
  }

  static final class PoolConfig {
    SelectionPolicy policy = SelectionPolicy.ROUND_ROBIN;
    int drainTimeoutSeconds = 300;
    int slowStartSeconds;
    final List<Member> members = new ArrayList<>();
  }

  record Member(InetSocketAddress address, boolean ready, boolean terminating) {}

  Documents documents() {
    var config = new ForwardingConfig();
    config.setMetadata(new ObjectMetaBuilder().withNamespace("test").withName("lb").build());
    config.setSpec(
        new ForwardingConfigSpec(
            ForwardingConfigSpec.FORMAT_VERSION,
            Integer.toHexString(revision++),
            address == null ? List.of() : List.of(address.getHostAddress()),
            listeners.entrySet().stream().map(e -> entry(e.getKey(), e.getValue())).toList(),
            pools.entrySet().stream().map(e -> pool(e.getKey(), e.getValue())).toList(),
            securityRules));
    var slices = new ArrayList<EndpointSlice>();
    pools.forEach((name, pool) -> pool.members.forEach(m -> slices.add(slice(name, m))));
    return new Documents(List.of(config), slices, List.of(), Map.of());
  }

  private static ForwardingConfigSpec.Entry entry(String name, ListenerConfig listener) {
    return new ForwardingConfigSpec.Entry(
        name,
        listener.protocol,
        listener.port,
        listener.endPort,
        listener.shares.isEmpty() ? listener.pool : null,
        listener.shares,
        listener.maxConnections,
        listener.maxConnectionsPerSource,
        listener.newConnectionsPerSourcePerSecond,
        listener.idleTimeoutSeconds,
        listener.allowedSources,
        listener.proxyProtocol,
        listener.acceptProxyProtocolFrom);
  }

  private static ForwardingConfigSpec.Pool pool(String name, PoolConfig pool) {
    return new ForwardingConfigSpec.Pool(
        name,
        pool.policy,
        WhenNoneHealthy.REFUSE,
        pool.drainTimeoutSeconds,
        pool.slowStartSeconds,
        null);
  }

  private static EndpointSlice slice(String pool, Member member) {
    var ip = member.address().getAddress();
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace("test")
        .withName("s" + Math.abs(member.address().hashCode()))
        .addToLabels(Api.LOAD_BALANCER_LABEL, "lb")
        .addToLabels(Api.TARGET_GROUP_NAMESPACE_LABEL, pool.split("/")[0])
        .addToLabels(Api.TARGET_GROUP_LABEL, pool.split("/")[1])
        .endMetadata()
        .withAddressType(ip instanceof Inet4Address ? "IPv4" : "IPv6")
        .addNewPort()
        .withName(Api.TARGET_PORT)
        .withPort(member.address().getPort())
        .endPort()
        .addNewEndpoint()
        .addToAddresses(ip.getHostAddress())
        .withNewConditions()
        .withReady(member.ready())
        .withServing(member.ready())
        .withTerminating(member.terminating())
        .endConditions()
        .endEndpoint()
        .build();
  }
}
