package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;

/** Plain objects of namespace {@code shop}, for tests. */
public final class World {
  private World() {}

  public static LoadBalancer loadBalancer(String name) {
    return named(
        new LoadBalancer(),
        name,
        new LoadBalancerSpec(null, null, List.of(), null, null, null, null, null));
  }

  public static Listener listener(String name, String loadBalancer, int port, String group) {
    return named(
        new Listener(),
        name,
        new ListenerSpec(
            new ObjectRef(loadBalancer, null),
            Protocol.TCP,
            port,
            null,
            new ObjectRef(group, null),
            List.of(),
            10_000,
            null,
            List.of(),
            null,
            null,
            null,
            null));
  }

  /** The same for these sources. */
  public static ListenerSpec from(ListenerSpec spec, List<String> sources) {
    return new ListenerSpec(
        spec.loadBalancerRef(),
        spec.protocol(),
        spec.port(),
        spec.endPort(),
        spec.targetGroupRef(),
        spec.weightedTargetGroups(),
        spec.maxConnections(),
        spec.idleTimeoutSeconds(),
        sources,
        spec.maxConnectionsPerSource(),
        spec.newConnectionsPerSourcePerSecond(),
        spec.proxyProtocol(),
        spec.acceptProxyProtocol());
  }

  /** Selects the pods whose label {@code app} is its name. */
  public static TargetGroup group(String name) {
    var selector = new LabelSelectorBuilder().addToMatchLabels("app", name).build();
    return named(
        new TargetGroup(),
        name,
        new TargetGroupSpec(
            Protocol.TCP,
            new IntOrString(8080),
            selector,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null));
  }

  public static Pod pod(String name, String app, String ip) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .withLabels(Map.of("app", app))
        .endMetadata()
        .withNewStatus()
        .withPodIP(ip)
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  private static <S, T extends CustomResource<S, ?>> T named(T object, String name, S spec) {
    ((HasMetadata) object)
        .setMetadata(
            new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName(name)
                .withGeneration(1L)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
    object.setSpec(spec);
    return object;
  }
}
