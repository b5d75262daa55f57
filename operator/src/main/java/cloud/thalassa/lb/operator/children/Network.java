package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.compile.Reach;
import cloud.thalassa.lb.operator.compile.Reach.Host;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who reaches the replicas, and whom they reach. */
final class Network {
  /** Put this on a namespace, with value true, to let its pods scrape the metrics of dataplanes. */
  private static final String METRICS_LABEL = Api.GROUP + "/metrics";

  /** On every namespace, by Kubernetes itself. */
  private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

  /** Of the system's own pods: about health, and about what becomes of a connection. */
  private static final List<String> WHO_ASKS = List.of("healthchecker", "api");

  private Network() {}

  static NetworkPolicy policy(
      LoadBalancer lb,
      List<ServedPort> ports,
      int managementPort,
      Reach reach,
      DataplaneTemplate template) {
    var spec =
        new NetworkPolicyBuilder()
            .withMetadata(Names.metadata(lb))
            .withNewSpec()
            .withPodSelector(new LabelSelectorBuilder().withMatchLabels(Names.selector(lb)).build())
            .withPolicyTypes("Ingress")
            .withIngress(ingress(ports, managementPort, template.systemNamespace()));
    if (template.limitEgress()) {
      spec.addToPolicyTypes("Egress").withEgress(egress(reach, template.apiServerPorts()));
    }
    return spec.endSpec().build();
  }

  /**
   * Everybody reaches the listeners; health checkers, lb-api and namespaces with the metrics label
   * reach the management port. Kubernetes' own probes come from the node, which policies let
   * through.
   */
  private static List<NetworkPolicyIngressRule> ingress(
      List<ServedPort> ports, int managementPort, String systemNamespace) {
    var rules = new ArrayList<NetworkPolicyIngressRule>();
    if (!ports.isEmpty()) {
      rules.add(new NetworkPolicyIngressRuleBuilder().withPorts(runs(ports)).build());
    }
    rules.add(
        new NetworkPolicyIngressRuleBuilder()
            .withPorts(open("TCP", managementPort, managementPort))
            .addNewFrom()
            .withNewNamespaceSelector()
            .addToMatchLabels(METRICS_LABEL, "true")
            .endNamespaceSelector()
            .endFrom()
            .addNewFrom()
            .withNewNamespaceSelector()
            .addToMatchLabels(NAMESPACE_LABEL, systemNamespace)
            .endNamespaceSelector()
            .withNewPodSelector()
            .addNewMatchExpression()
            .withKey(Api.COMPONENT_LABEL)
            .withOperator("In")
            .withValues(WHO_ASKS)
            .endMatchExpression()
            .endPodSelector()
            .endFrom()
            .build());
    return rules;
  }

  /**
   * Pods are let through by their namespace, so that one that comes, leaves or is relabelled
   * changes no policy and cuts no connection; other targets by address and port. Names are not
   * resolved: nothing needs DNS.
   */
  private static List<NetworkPolicyEgressRule> egress(Reach reach, List<Integer> apiServerPorts) {
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(
        new NetworkPolicyEgressRuleBuilder()
            .withPorts(apiServerPorts.stream().map(port -> open("TCP", port, port)).toList())
            .build());
    if (!reach.namespaces().isEmpty()) {
      rules.add(
          new NetworkPolicyEgressRuleBuilder()
              .addNewTo()
              .withNewNamespaceSelector()
              .addNewMatchExpression()
              .withKey(NAMESPACE_LABEL)
              .withOperator("In")
              .withValues(List.copyOf(reach.namespaces()))
              .endMatchExpression()
              .endNamespaceSelector()
              .endTo()
              .build());
    }
    rules.addAll(hosts(reach.hosts()));
    return rules;
  }

  /** One rule for all addresses with the same ports. */
  private static List<NetworkPolicyEgressRule> hosts(Collection<Host> hosts) {
    var byPorts = new LinkedHashMap<NetworkPolicyPort, List<NetworkPolicyPeer>>();
    for (var host : hosts) {
      byPorts
          .computeIfAbsent(
              open(host.protocol().name(), host.port(), host.lastPort()), _ -> new ArrayList<>())
          .add(peer(host.address()));
    }
    return byPorts.entrySet().stream()
        .map(
            rule ->
                new NetworkPolicyEgressRuleBuilder()
                    .withTo(rule.getValue())
                    .withPorts(rule.getKey())
                    .build())
        .toList();
  }

  private static NetworkPolicyPeer peer(String address) {
    var bits = AddressFamily.of(address) == AddressFamily.IPv6 ? 128 : 32;
    return new NetworkPolicyPeerBuilder()
        .withNewIpBlock()
        .withCidr(address + "/" + bits)
        .endIpBlock()
        .build();
  }

  /** Ports that follow each other are one rule, so that a range does not become a thousand. */
  private static List<NetworkPolicyPort> runs(List<ServedPort> sorted) {
    var runs = new ArrayList<NetworkPolicyPort>();
    @Nullable ServedPort before = null;
    for (var port : sorted) {
      if (before != null
          && port.protocol() == before.protocol()
          && port.port() == before.port() + 1) {
        runs.getLast().setEndPort(port.port());
      } else {
        runs.add(open(port.protocol().name(), port.port(), port.port()));
      }
      before = port;
    }
    return runs;
  }

  private static NetworkPolicyPort open(String protocol, int port, int lastPort) {
    var open = new NetworkPolicyPort();
    open.setProtocol(protocol);
    open.setPort(new IntOrString(port));
    if (lastPort != port) {
      open.setEndPort(lastPort);
    }
    return open;
  }
}
