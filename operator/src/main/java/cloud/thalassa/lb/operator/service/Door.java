package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.ListenerSpec.WeightedTargetGroup;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.PortRange;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupSpec;
import cloud.thalassa.lb.crds.SecurityGroupSpec.Rule;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupSpec;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.PortKey;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A port of a Service that is served.
 *
 * @param sources CIDRs that may connect; empty: everybody
 */
record Door(ServicePort port, PortKey key, List<String> sources, Tuning tuning) {
  private static final int PRIORITY = 100;

  private Protocol protocol() {
    return Protocol.valueOf(key.protocol());
  }

  Listener listener(Service service) {
    var metadata = Names.of(service).metadata(key);
    boolean whole = tuning.shares().isEmpty();
    var listener = new Listener();
    listener.setMetadata(metadata);
    listener.setSpec(
        new ListenerSpec(
            new ObjectRef(Names.of(service).base(), null),
            protocol(),
            key.number(),
            null,
            whole ? new ObjectRef(metadata.getName(), null) : null,
            tuning.shares().stream()
                .map(
                    it ->
                        new WeightedTargetGroup(
                            it.nameWithin(metadata.getName()), null, it.weight()))
                .toList(),
            tuning.maxConnections(),
            tuning.idleSeconds(protocol()),
            sources,
            tuning.maxConnectionsPerSource(),
            tuning.newConnectionsPerSource(),
            null,
            null));
    return listener;
  }

  /** One, or one for each share of the pods. */
  Stream<TargetGroup> targetGroups(Service service) {
    var metadata = Names.of(service).metadata(key);
    var selector = service.getSpec().getSelector();
    return tuning.shares().isEmpty()
        ? Stream.of(targetGroup(metadata, selector))
        : tuning.shares().stream()
            .map(
                share ->
                    targetGroup(
                        new ObjectMetaBuilder(metadata)
                            .withName(share.nameWithin(metadata.getName()))
                            .build(),
                        share.within(selector)));
  }

  private TargetGroup targetGroup(ObjectMeta metadata, Map<String, String> selector) {
    var group = new TargetGroup();
    group.setMetadata(metadata);
    group.setSpec(
        new TargetGroupSpec(
            protocol(),
            port.getTargetPort() == null ? new IntOrString(key.number()) : port.getTargetPort(),
            new LabelSelectorBuilder().withMatchLabels(new TreeMap<>(selector)).build(),
            List.of(),
            tuning.policy(),
            tuning.proxyProtocol(protocol()),
            tuning.healthCheck(),
            WhenNoneHealthy.FAIL_OPEN,
            tuning.drainSeconds(),
            tuning.slowStartSeconds()));
    return group;
  }

  /** A group with a rule for each port, and the sources that its listener allows. */
  static SecurityGroup securityGroup(Service service, List<Door> doors) {
    int sources = doors.stream().mapToInt(door -> door.sources.size()).sum();
    // more than one group holds, the listeners look at alone
    boolean all = sources <= SecurityGroupSpec.MOST_SOURCES;
    var group = new SecurityGroup();
    group.setMetadata(Names.of(service).metadata());
    group.setSpec(
        new SecurityGroupSpec(
            doors.stream()
                .limit(SecurityGroupSpec.MOST_RULES)
                .map(door -> door.rule(all ? door.sources : List.of()))
                .toList()));
    return group;
  }

  private Rule rule(List<String> from) {
    return new Rule(
        key.suffix(),
        PRIORITY,
        RuleAction.ALLOW,
        RuleProtocol.valueOf(key.protocol()),
        new PortRange(key.number(), key.number()),
        from);
  }
}
