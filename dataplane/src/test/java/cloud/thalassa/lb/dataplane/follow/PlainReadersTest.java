package cloud.thalassa.lb.dataplane.follow;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import com.fasterxml.jackson.databind.ObjectReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** They read what the client reads: each property, and each word of each enum. */
class PlainReadersTest {
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void readAConfiguration() throws Exception {
    readAllOf(CONFIG, PlainReaders.CONFIG, ForwardingConfig.class);
  }

  @Test
  void readAHealthReport() throws Exception {
    readAllOf(REPORT, PlainReaders.REPORT, HealthReport.class);
  }

  @Test
  void readASlice() throws Exception {
    assertThat(read(PlainReaders.SLICE, EndpointSlice.class, SLICE))
        .isEqualTo(serialization.unmarshal(SLICE, EndpointSlice.class));
  }

  private <T extends CustomResource<? extends Record, Void>> void readAllOf(
      String yaml, ObjectReader reader, Class<T> type) throws Exception {
    var plain = read(reader, type, yaml);
    var full = serialization.unmarshal(yaml, type);

    assertThat(plain.getSpec()).isEqualTo(full.getSpec());
    assertThat(plain.getMetadata()).isEqualTo(full.getMetadata());
    new Everything().in(plain.getSpec()).isThere();
  }

  private <T extends HasMetadata> T read(ObjectReader reader, Class<T> type, String yaml)
      throws Exception {
    var json = serialization.asJson(serialization.unmarshal(yaml, Map.class));
    return type.cast(reader.readValue(reader.readTree(json)));
  }

  /** All properties of a document and of what is in it, and all constants of its enums. */
  private static final class Everything {
    private final Set<String> missing = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<Enum<?>> words = new HashSet<>();

    Everything in(Record record) throws ReflectiveOperationException {
      for (var component : record.getClass().getRecordComponents()) {
        var name = record.getClass().getSimpleName() + "." + component.getName();
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        var value = accessor.invoke(record);
        var absent =
            value == null
                || value instanceof Collection<?> values && values.isEmpty()
                || value instanceof Number number && number.intValue() == 0;
        (absent ? missing : seen).add(name);
        inside(value);
      }
      return this;
    }

    private void inside(Object value) throws ReflectiveOperationException {
      switch (value) {
        case Record record -> in(record);
        case Collection<?> values -> {
          for (var each : values) {
            inside(each);
          }
        }
        case Enum<?> word -> words.add(word);
        case null, default -> {}
      }
    }

    void isThere() {
      missing.removeAll(seen);
      assertThat(missing).as("properties that this test does not know").isEmpty();
      for (var word : List.copyOf(words)) {
        assertThat(words).contains(word.getDeclaringClass().getEnumConstants());
      }
    }
  }

  private static final String CONFIG =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: ForwardingConfig
      metadata:
        name: web
        namespace: shop
        resourceVersion: "7"
        uid: f1
        generation: 3
        creationTimestamp: "2026-11-30T10:00:00Z"
        labels: {lb.thalassa.cloud/load-balancer: web}
        annotations: {note: kept}
      spec:
        formatVersion: 1
        revision: r1
        addresses: [10.0.0.1]
        listeners:
        - name: shop/http
          protocol: TCP
          port: 80
          pool: web
          maxConnections: 100
          maxConnectionsPerSource: 10
          newConnectionsPerSourcePerSecond: 5
          idleTimeoutSeconds: 60
          allowedSources: [10.0.0.0/8]
          proxyProtocol: None
          acceptProxyProtocolFrom: [10.1.0.0/16]
        - name: shop/range
          protocol: UDP
          port: 5000
          endPort: 5010
          shares: [{pool: web, weight: 9}, {weight: 1}]
          maxConnections: 0
          idleTimeoutSeconds: 60
          proxyProtocol: V1
        - {name: shop/v2, protocol: TCP, port: 81, maxConnections: 0, idleTimeoutSeconds: 60, proxyProtocol: V2}
        pools:
        - name: shop/web
          policy: RoundRobin
          whenNoneHealthy: FailOpen
          drainTimeoutSeconds: 30
          slowStartSeconds: 10
          healthCheck: {protocol: HTTP, port: 8080, path: /healthy, host: web, expectedStatuses: [200-299],
            intervalSeconds: 4, timeoutSeconds: 3, healthyThreshold: 2, unhealthyThreshold: 5}
        - {name: shop/a, policy: Random, whenNoneHealthy: Refuse, drainTimeoutSeconds: 0,
           healthCheck: {protocol: TCP, port: health}}
        - {name: shop/b, policy: Maglev, whenNoneHealthy: Refuse, drainTimeoutSeconds: 0}
        - {name: shop/c, policy: LeastConnections, whenNoneHealthy: Refuse, drainTimeoutSeconds: 0}
        securityRules:
        - {name: group/tcp, action: Allow, protocol: TCP, ports: {from: 80, to: 90}, sources: [10.0.0.0/8]}
        - {name: group/udp, action: Deny, protocol: UDP}
        - {name: group/all, action: Allow, protocol: All}
      """;

  private static final String REPORT =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: HealthReport
      metadata: {name: web, namespace: shop}
      spec:
        reporter: checker-1
        summary: 1/3
        targets:
        - {address: 10.0.0.1, port: 80, state: Healthy, since: "2026-11-30T10:00:00Z", reason: it answers}
        - {address: 10.0.0.2, port: 80, state: Unhealthy, since: "2026-11-30T10:00:00Z", reason: it does not}
        - {address: 10.0.0.3, port: 80, state: Initial, since: "2026-11-30T10:00:00Z", reason: not asked yet}
      """;

  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: web-1
        namespace: shop
        annotations: {note: kept}
        managedFields: [{manager: operator, operation: Apply}]
        ownerReferences: [{apiVersion: lb.thalassa.cloud/v1alpha1, kind: TargetGroup, name: web, uid: t1, controller: true}]
      addressType: IPv4
      endpoints:
      - addresses: [10.0.0.1]
        conditions: {ready: true, serving: true, terminating: false}
        hostname: web-1
        nodeName: node-1
        targetRef: {kind: Pod, name: web-1}
        zone: a
        hints: {forZones: [{name: a}]}
      ports:
      - {name: http, port: 80, protocol: TCP, appProtocol: http}
      """;
}
