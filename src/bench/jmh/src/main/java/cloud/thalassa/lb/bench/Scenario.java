package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.select.Selector;
import cloud.thalassa.lb.dataplane.table.Documents;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Load balancers of 100 listeners, each with a pool of its own, as the documents that a dataplane
 * follows.
 */
final class Scenario {
  private static final int LISTENERS = 100;
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private final int loadBalancers;
  private final int targets;
  private final SelectionPolicy policy;

  Scenario(int loadBalancers, int targets, SelectionPolicy policy) {
    this.loadBalancers = loadBalancers;
    this.targets = targets;
    this.policy = policy;
  }

  Documents documents() {
    var configs = new ArrayList<ForwardingConfig>();
    var slices = new ArrayList<EndpointSlice>();
    for (int lb = 0; lb < loadBalancers; lb++) {
      configs.add(config(lb));
      for (int n = 0; n < LISTENERS; n++) {
        slices.add(slice(lb, n, targets));
      }
    }
    return new Documents(configs, slices, List.of(), Map.of());
  }

  /** The same with one pod more in one pool. */
  Documents changed(Documents documents) {
    var slices = new ArrayList<>(documents.slices());
    slices.set(0, slice(0, 0, targets + 1));
    return new Documents(documents.configs(), slices, List.of(), Map.of());
  }

  /** Over the targets of one pool. */
  Selector selector() {
    var table = RoutingTable.of(documents(), RoutingTable.EMPTY, 0);
    return table.routes().values().iterator().next().pool().selector();
  }

  private ForwardingConfig config(int lb) {
    var listeners = new StringBuilder();
    var pools = new StringBuilder();
    for (int n = 0; n < LISTENERS; n++) {
      listeners.append(
          """
            - {name: bench/l%1$d, protocol: TCP, port: %2$d, pool: bench/p%1$d, maxConnections: 10000,
               idleTimeoutSeconds: 6000, allowedSources: [10.0.0.0/8], proxyProtocol: None}
          """
              .formatted(n, 1000 + n));
      pools.append(
          """
            - {name: bench/p%d, policy: %s, whenNoneHealthy: FailOpen, drainTimeoutSeconds: 300}
          """
              .formatted(n, YAML.asJson(policy)));
    }
    return YAML.unmarshal(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: ForwardingConfig
        metadata: {name: lb%1$d, namespace: bench, labels: {lb.thalassa.cloud/load-balancer: lb%1$d}}
        spec:
          formatVersion: 1
          revision: r1
          addresses: [127.0.1.%1$d]
          listeners:
        %2$s
          pools:
        %3$s
        """
            .formatted(lb, listeners, pools),
        ForwardingConfig.class);
  }

  private static EndpointSlice slice(int lb, int n, int targets) {
    var endpoints = new StringBuilder();
    for (int i = 0; i < targets; i++) {
      endpoints.append(
          "- {addresses: [10.%d.%d.%d], conditions: {ready: true, serving: true}}\n"
              .formatted(lb * 4 + i / 250, n, 1 + i % 250));
    }
    return YAML.unmarshal(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: s%1$d-%2$d
          namespace: bench
          labels:
            lb.thalassa.cloud/load-balancer: lb%1$d
            lb.thalassa.cloud/target-group: p%2$d
            lb.thalassa.cloud/target-group-namespace: bench
        addressType: IPv4
        ports: [{name: target, port: 8080, protocol: TCP}]
        endpoints:
        %3$s
        """
            .formatted(lb, n, endpoints),
        EndpointSlice.class);
  }
}
