package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.PodAntiAffinityBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The pods that relay: unprivileged, spread out, and replaced only after their successor serves.
 */
final class Dataplane {
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String CACHE = "/var/cache/thalassa";
  private static final ResourceRequirements USUAL_RESOURCES =
      new ResourceRequirementsBuilder()
          .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi")))
          .withLimits(Map.of("memory", new Quantity("512Mi")))
          .build();

  private Dataplane() {}

  /**
   * @param zones where replicas may run; empty: anywhere
   */
  static Deployment deployment(
      LoadBalancer lb, DataplaneTemplate template, int managementPort, List<String> zones) {
    return new DeploymentBuilder()
        .withMetadata(Names.metadata(lb))
        .withNewSpec()
        .withReplicas(lb.getSpec().replicas())
        .withNewSelector()
        .withMatchLabels(Names.selector(lb))
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxUnavailable(new IntOrString(0))
        .withMaxSurge(new IntOrString(1))
        .endRollingUpdate()
        .endStrategy()
        .withRevisionHistoryLimit(2)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Names.labels(lb))
        .endMetadata()
        .withSpec(pod(lb, template, managementPort, zones))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(
      LoadBalancer lb, DataplaneTemplate template, int managementPort, List<String> zones) {
    return new PodSpecBuilder(template.pod())
        .withServiceAccountName(Names.child(lb))
        .withAutomountServiceAccountToken(true)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(template.terminationGraceSeconds())
        .withAffinity(affinity(lb, zones, template.pod()))
        .withTopologySpreadConstraints(spread(lb, ZONE), spread(lb, "kubernetes.io/hostname"))
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        // a safe sysctl of the pod's own network namespace: ports below 1024 without a capability
        .addNewSysctl("net.ipv4.ip_unprivileged_port_start", "0")
        .endSecurityContext()
        .withContainers(container(lb, template, managementPort))
        .addNewVolume()
        .withName("cache")
        .withNewEmptyDir()
        .withSizeLimit(new Quantity("64Mi"))
        .endEmptyDir()
        .endVolume()
        .build();
  }

  private static Affinity affinity(LoadBalancer lb, List<String> zones, PodSpec given) {
    return new AffinityBuilder(only(zones, given)).withPodAntiAffinity(apart(lb)).build();
  }

  private static Container container(
      LoadBalancer lb, DataplaneTemplate template, int managementPort) {
    return new ContainerBuilder()
        .withName(Api.DATAPLANE)
        .withImage(template.image())
        .withImagePullPolicy(template.imagePullPolicy())
        .withEnv(environment(lb, template, managementPort))
        .addAllToEnv(template.container().getEnv())
        .addNewPort()
        .withName(Api.MANAGEMENT_PORT)
        .withContainerPort(managementPort)
        .withProtocol("TCP")
        .endPort()
        .withResources(resources(lb, template))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .addToDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withStartupProbe(probe("/q/health/live", 1, 60))
        .withReadinessProbe(probe("/q/health/ready", 1, 3))
        .withLivenessProbe(probe("/q/health/live", 5, 3))
        .addNewVolumeMount()
        .withName("cache")
        .withMountPath(CACHE)
        .endVolumeMount()
        .build();
  }

  private static List<EnvVar> environment(
      LoadBalancer lb, DataplaneTemplate template, int managementPort) {
    var metadata = lb.getMetadata();
    return List.of(
        new EnvVar(
            "THALASSA_LOAD_BALANCER", metadata.getNamespace() + "/" + metadata.getName(), null),
        fromField("THALASSA_INSTANCE", "metadata.name"),
        fromField("POD_UID", "metadata.uid"),
        new EnvVar("THALASSA_CACHE", CACHE, null),
        new EnvVar("THALASSA_DRAIN_DEADLINE", template.drainDeadline().toSeconds() + "S", null),
        new EnvVar("QUARKUS_HTTP_HOST", "0.0.0.0", null),
        new EnvVar("QUARKUS_HTTP_PORT", Integer.toString(managementPort), null));
  }

  private static EnvVar fromField(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef("v1", path)
        .endValueFrom()
        .build();
  }

  private static ResourceRequirements resources(LoadBalancer lb, DataplaneTemplate template) {
    var dataplane = lb.getSpec().dataplane();
    if (dataplane != null && dataplane.resources() != null) {
      return dataplane.resources();
    }
    return Objects.requireNonNullElse(template.container().getResources(), USUAL_RESOURCES);
  }

  /**
   * A replica that no node of these zones can take waits: elsewhere it is not wanted. Terms are
   * alternatives, so that each of those that the platform gives has to name the zones.
   */
  private static Affinity only(List<String> zones, PodSpec given) {
    var affinity = Objects.requireNonNullElseGet(given.getAffinity(), Affinity::new);
    if (zones.isEmpty()) {
      return affinity;
    }
    var inZones = new NodeSelectorRequirement(ZONE, "In", zones);
    var node = Objects.requireNonNullElseGet(affinity.getNodeAffinity(), NodeAffinity::new);
    var required = node.getRequiredDuringSchedulingIgnoredDuringExecution();
    var alternatives =
        required == null ? List.of(new NodeSelectorTerm()) : required.getNodeSelectorTerms();
    var terms =
        alternatives.stream()
            .map(term -> new NodeSelectorTermBuilder(term).addToMatchExpressions(inZones).build())
            .toList();
    return new AffinityBuilder(affinity)
        .withNodeAffinity(
            new NodeAffinityBuilder(node)
                .withRequiredDuringSchedulingIgnoredDuringExecution(new NodeSelector(terms))
                .build())
        .build();
  }

  /** Replicas that cannot be spread run all the same: one crowded node is better than none. */
  private static TopologySpreadConstraint spread(LoadBalancer lb, String topologyKey) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(topologyKey)
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(Names.selector(lb))
        .endLabelSelector()
        .withMatchLabelKeys("pod-template-hash")
        .build();
  }

  /**
   * Spreading counts the replicas of one template; during a roll-out the next are to avoid the
   * nodes of the last as well.
   */
  private static PodAntiAffinity apart(LoadBalancer lb) {
    return new PodAntiAffinityBuilder()
        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
        .withWeight(100)
        .withNewPodAffinityTerm()
        .withTopologyKey("kubernetes.io/hostname")
        .withNewLabelSelector()
        .withMatchLabels(Names.selector(lb))
        .endLabelSelector()
        .endPodAffinityTerm()
        .endPreferredDuringSchedulingIgnoredDuringExecution()
        .build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(Api.MANAGEMENT_PORT))
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failures)
        .build();
  }
}
