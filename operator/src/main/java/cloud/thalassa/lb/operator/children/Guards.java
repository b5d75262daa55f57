package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;

/** What keeps the replicas from being disturbed: by evictions, and over the network. */
final class Guards {
  /** Put this on a namespace, with value true, to let its pods scrape the metrics of dataplanes. */
  private static final String METRICS_LABEL = Api.GROUP + "/metrics";

  private Guards() {}

  /** One replica at a time; a single replica does not hinder the draining of its node. */
  static PodDisruptionBudget disruptionBudget(LoadBalancer lb) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(Names.metadata(lb))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withNewSelector()
        .withMatchLabels(Names.selector(lb))
        .endSelector()
        .endSpec()
        .build();
  }

  /**
   * Everybody reaches the listeners, namespaces with the metrics label reach the management port;
   * probes come from the node, which policies let through. Where a replica may connect to is not
   * limited: targets are anywhere.
   */
  static NetworkPolicy networkPolicy(LoadBalancer lb, List<ServedPort> ports, int managementPort) {
    var rules = new ArrayList<NetworkPolicyIngressRule>();
    if (!ports.isEmpty()) {
      rules.add(new NetworkPolicyIngressRuleBuilder().withPorts(runs(ports)).build());
    }
    rules.add(
        new NetworkPolicyIngressRuleBuilder()
            .withPorts(open("TCP", managementPort))
            .addNewFrom()
            .withNewNamespaceSelector()
            .addToMatchLabels(METRICS_LABEL, "true")
            .endNamespaceSelector()
            .endFrom()
            .build());
    return new NetworkPolicyBuilder()
        .withMetadata(Names.metadata(lb))
        .withNewSpec()
        .withPodSelector(new LabelSelectorBuilder().withMatchLabels(Names.selector(lb)).build())
        .withPolicyTypes("Ingress")
        .withIngress(rules)
        .endSpec()
        .build();
  }

  /** Ports that follow each other are one rule, so that a range does not become a thousand. */
  private static List<NetworkPolicyPort> runs(List<ServedPort> sorted) {
    var runs = new ArrayList<NetworkPolicyPort>();
    ServedPort before = null;
    for (var port : sorted) {
      if (before != null
          && port.protocol() == before.protocol()
          && port.port() == before.port() + 1) {
        runs.getLast().setEndPort(port.port());
      } else {
        runs.add(open(port.protocol().name(), port.port()));
      }
      before = port;
    }
    return runs;
  }

  private static NetworkPolicyPort open(String protocol, int port) {
    var open = new NetworkPolicyPort();
    open.setProtocol(protocol);
    open.setPort(new IntOrString(port));
    return open;
  }
}
