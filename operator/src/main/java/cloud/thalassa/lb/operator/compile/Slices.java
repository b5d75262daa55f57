package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of one target group as EndpointSlices of one load balancer. */
final class Slices {
  private static final int HASH_DIGITS = 8;

  private final LoadBalancer loadBalancer;
  private final TargetGroup group;

  private Slices(LoadBalancer loadBalancer, TargetGroup group) {
    this.loadBalancer = loadBalancer;
    this.group = group;
  }

  static List<EndpointSlice> of(LoadBalancer loadBalancer, Membership targets) {
    var byKey = new LinkedHashMap<Key, List<Member>>();
    for (var member : targets.members()) {
      byKey.computeIfAbsent(Key.of(member), _ -> new ArrayList<>()).add(member);
    }
    var reader = new Slices(loadBalancer, targets.group());
    var slices = new ArrayList<EndpointSlice>();
    byKey.forEach(
        (key, same) ->
            SliceTrie.split(same)
                .forEach((path, bucket) -> slices.add(reader.slice(key, path, bucket))));
    return slices;
  }

  private EndpointSlice slice(Key key, String path, List<Member> members) {
    return new EndpointSliceBuilder()
        .withMetadata(metadata(key, path))
        .withAddressType(key.addressType())
        .withPorts(ports(key))
        .withEndpoints(members.stream().map(Slices::endpoint).toList())
        .build();
  }

  private ObjectMeta metadata(Key key, String path) {
    var ref = Ref.of(group);
    var metadata =
        new ObjectMetaBuilder(Documents.metadata(loadBalancer))
            .withName(
                "%s-%s-%s-%s"
                    .formatted(
                        loadBalancer.getMetadata().getName(),
                        ref.name(),
                        Digest.hex(ref + "/" + key, HASH_DIGITS),
                        path))
            .addToLabels(Api.MANAGED_BY_LABEL, Api.OPERATOR)
            .addToLabels(Api.TARGET_GROUP_LABEL, ref.name())
            .addToLabels(Api.TARGET_GROUP_NAMESPACE_LABEL, ref.namespace());
    if (key.weight != 1) {
      metadata.addToAnnotations(Api.WEIGHT_ANNOTATION, String.valueOf(key.weight));
    }
    return metadata.build();
  }

  private List<EndpointPort> ports(Key key) {
    var ports = new ArrayList<EndpointPort>();
    ports.add(port(Api.TARGET_PORT, key.port, group.getSpec().protocol()));
    if (key.healthPort != null) {
      ports.add(port(Api.HEALTH_PORT, key.healthPort, Protocol.TCP));
    }
    return ports;
  }

  private static EndpointPort port(String name, int port, Protocol protocol) {
    return new EndpointPortBuilder()
        .withName(name)
        .withPort(port)
        .withProtocol(protocol.name())
        .build();
  }

  private static Endpoint endpoint(Member member) {
    var endpoint =
        new EndpointBuilder()
            .withAddresses(member.address())
            .withNewConditions()
            .withReady(member.ready() && !member.terminating())
            .withServing(member.ready())
            .withTerminating(member.terminating())
            .endConditions()
            .withNodeName(member.nodeName())
            .withZone(member.zone());
    var pod = member.pod();
    if (pod != null) {
      endpoint.withTargetRef(pod.reference());
    }
    return endpoint.build();
  }

  /** What all endpoints of a slice share. Its text is hashed into names: it must not change. */
  private record Key(boolean ipv6, int port, @Nullable Integer healthPort, int weight) {
    static Key of(Member member) {
      return new Key(member.ipv6(), member.port(), member.healthPort(), member.weight());
    }

    String addressType() {
      return ipv6 ? "IPv6" : "IPv4";
    }

    @Override
    public String toString() {
      return addressType() + "/" + port + "/" + healthPort + "/" + weight;
    }
  }
}
