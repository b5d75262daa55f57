package cloud.thalassa.lb.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.operator.allocate.Placement;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildrenTest {
  @Test
  void everyChildIsNamedAfterItsLoadBalancerAndFoundByItsLabel() {
    assertThat(children(Protocol.TCP, 80))
        .extracting(HasMetadata::getKind)
        .containsExactlyInAnyOrder(
            "ServiceAccount",
            "RoleBinding",
            "Service",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Deployment");
    assertThat(children(Protocol.TCP, 80))
        .allSatisfy(
            child -> {
              assertThat(child.getMetadata().getName()).isEqualTo("lb-web");
              assertThat(child.getMetadata().getNamespace()).isEqualTo("shop");
              assertThat(child.getMetadata().getLabels())
                  .containsEntry("lb.thalassa.cloud/load-balancer", "web");
            });
  }

  @Test
  void podsAreRestrictedAndReplacedOnlyAfterTheirSuccessorServes() {
    var spec = child(Deployment.class, Protocol.TCP, 80).getSpec();
    assertThat(spec.getReplicas()).isEqualTo(3);
    assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    var pod = spec.getTemplate().getSpec();
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(330);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getAffinity().getPodAntiAffinity()).isNotNull();
    assertThat(pod.getTopologySpreadConstraints()).hasSize(2);
    var security = pod.getContainers().getFirst().getSecurityContext();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(spec.getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(spec.getSelector().getMatchLabels());
  }

  @Test
  void whatThePlatformWantsOfEveryPodComesBesideWhatMakesItADataplane() {
    var wanted =
        Serialization.unmarshal(
            """
            priorityClassName: first
            nodeSelector: {role: edge}
            serviceAccountName: root
            containers:
            - name: dataplane
              env: [{name: THALASSA_FLOW_LOG, value: "-"}]
              resources: {requests: {cpu: 2}}
            """,
            PodSpec.class);
    var pod =
        Dataplane.deployment(Samples.loadBalancer(), Samples.template(wanted), 9000, List.of());
    var spec = pod.getSpec().getTemplate().getSpec();
    assertThat(spec.getPriorityClassName()).isEqualTo("first");
    assertThat(spec.getNodeSelector()).containsEntry("role", "edge");
    assertThat(spec.getServiceAccountName()).isEqualTo("lb-web");
    assertThat(spec.getContainers()).hasSize(1);
    var container = spec.getContainers().getFirst();
    assertThat(container.getImage()).isEqualTo("dataplane:1");
    assertThat(container.getResources().getRequests()).containsEntry("cpu", new Quantity("2"));
    assertThat(container.getEnv())
        .extracting(EnvVar::getName)
        .contains("THALASSA_LOAD_BALANCER", "THALASSA_FLOW_LOG");
  }

  @Test
  void replicasStayInTheZonesOfTheirSubnetWhateverThePlatformWantsBesides() {
    var wanted =
        Serialization.unmarshal(
            """
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  nodeSelectorTerms:
                  - matchExpressions: [{key: role, operator: Exists}]
            containers: [{name: dataplane}]
            """,
            PodSpec.class);
    var pod =
        Dataplane.deployment(
            Samples.loadBalancer(), Samples.template(wanted), 9000, List.of("a", "b"));
    var required =
        pod.getSpec()
            .getTemplate()
            .getSpec()
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution();
    assertThat(required.getNodeSelectorTerms()).hasSize(1);
    assertThat(required.getNodeSelectorTerms().getFirst().getMatchExpressions())
        .extracting("key")
        .containsExactly("role", "topology.kubernetes.io/zone");
  }

  @Test
  void podsOfAnAccountThatIsGoneAreReplaced() {
    var pods = child(Deployment.class);
    var first = Children.after(List.of(account("1")), pods);
    assertThat(Children.after(List.of(account("1")), pods)).isEqualTo(first);
    assertThat(((Deployment) Children.after(List.of(account("2")), pods)).getSpec().getTemplate())
        .isNotEqualTo(((Deployment) first).getSpec().getTemplate());
  }

  private static HasMetadata account(String uid) {
    return new ServiceAccountBuilder().withNewMetadata().withUid(uid).endMetadata().build();
  }

  @Test
  void theManagementPortGivesWayToAListener() {
    assertThat(management(Protocol.TCP, 80)).isEqualTo(9000);
    assertThat(management(Protocol.UDP, 9000)).isEqualTo(9000);
    assertThat(management(Protocol.TCP, 9000, Protocol.TCP, 9001)).isEqualTo(9002);
  }

  @Test
  void everyPortOfARangeIsOffered() {
    var ports = child(Service.class, Protocol.UDP, "5000-5999").getSpec().getPorts();
    assertThat(ports).hasSize(1000);
    assertThat(ports).extracting("name").doesNotHaveDuplicates().contains("udp-5000", "udp-5999");
    assertThat(ports)
        .allSatisfy(port -> assertThat(port.getTargetPort().getIntVal()).isEqualTo(port.getPort()));
  }

  @Test
  void aRangeIsOneRuleOfThePolicy() {
    var rule =
        child(NetworkPolicy.class, Protocol.TCP, "5000-5009", Protocol.UDP, 5010, Protocol.TCP, 80)
            .getSpec()
            .getIngress()
            .getFirst();
    assertThat(rule.getPorts())
        .extracting(
            port -> port.getProtocol() + " " + port.getPort().getIntVal() + " " + port.getEndPort())
        .containsExactly("TCP 80 null", "TCP 5000 5009", "UDP 5010 null");
  }

  @Test
  void theManagementPortGivesWayToARange() {
    assertThat(management(Protocol.TCP, "8999-9001")).isEqualTo(9002);
  }

  @Test
  void aServiceWithoutListenersKeepsItsAddressByAPlaceholder() {
    var spec = child(Service.class).getSpec();
    assertThat(spec.getPorts()).extracting("name").containsExactly("no-listener");
    assertThat(spec.getSelector()).isEmpty();
  }

  @Test
  void anExternalServiceKeepsTheClientsAddress() {
    var spec = child(Service.class, Protocol.TCP, 80).getSpec();
    assertThat(spec.getType()).isEqualTo("LoadBalancer");
    assertThat(spec.getExternalTrafficPolicy()).isEqualTo("Local");
  }

  @Test
  void anInternalServiceHasTheRequestedAddresses() {
    var lb = Samples.loadBalancer(Scheme.INTERNAL, "10.96.0.9", "fd00::9");
    var spec =
        FrontService.of(lb, List.of(new ServedPort(Protocol.TCP, 80)), Placement.NONE).getSpec();
    assertThat(spec.getType()).isEqualTo("ClusterIP");
    assertThat(spec.getClusterIP()).isEqualTo("10.96.0.9");
    assertThat(spec.getClusterIPs()).containsExactly("10.96.0.9", "fd00::9");
    assertThat(spec.getIpFamilies()).containsExactly("IPv4", "IPv6");
  }

  @Test
  void theNetworkPolicyOpensTheListenersToEverybodyAndTheManagementPortToFew() {
    var ingress = child(NetworkPolicy.class, Protocol.TCP, 80).getSpec().getIngress();
    assertThat(ingress).hasSize(2);
    assertThat(ingress.getFirst().getFrom()).isEmpty();
    assertThat(ingress.getFirst().getPorts().getFirst().getPort().getIntVal()).isEqualTo(80);
    assertThat(ingress.getLast().getFrom()).isNotEmpty();
    assertThat(child(NetworkPolicy.class).getSpec().getIngress()).hasSize(1);
  }

  @Test
  void theNetworkPolicyLetsReplicasReachTheirTargetsAndTheApiServerOnly() {
    var policy = child(NetworkPolicy.class, Protocol.TCP, 80).getSpec();
    assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
    var egress = policy.getEgress();
    assertThat(egress).hasSize(4);
    assertThat(egress.getFirst().getTo()).isEmpty();
    assertThat(egress.getFirst().getPorts())
        .extracting(port -> port.getPort().getIntVal())
        .containsExactly(443, 6443);
    var namespaces = egress.get(1).getTo().getFirst();
    assertThat(namespaces.getPodSelector()).isNull();
    assertThat(namespaces.getNamespaceSelector().getMatchExpressions().getFirst().getValues())
        .containsExactly("backoffice", "shop");
    assertThat(egress.get(2).getTo())
        .extracting(peer -> peer.getIpBlock().getCidr())
        .containsExactly("203.0.113.7/32", "203.0.113.8/32");
    assertThat(egress.get(2).getPorts().getFirst().getEndPort()).isNull();
    assertThat(egress.get(3).getTo())
        .extracting(peer -> peer.getIpBlock().getCidr())
        .containsExactly("2001:db8::1/128");
    assertThat(egress.get(3).getPorts().getFirst().getEndPort()).isEqualTo(5009);
  }

  private static int management(Object... listeners) {
    var container =
        child(Deployment.class, listeners)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    return container.getPorts().getFirst().getContainerPort();
  }

  private static <T extends HasMetadata> T child(Class<T> kind, Object... listeners) {
    return children(listeners).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<HasMetadata> children(Object... listeners) {
    return Children.of(
        Samples.loadBalancer(),
        Samples.config(listeners),
        Samples.REACH,
        Samples.TEMPLATE,
        Placement.NONE);
  }
}
