package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Our programs may do what they do, and nothing else: their roles beside the API server's audit
 * log. Last of all tests, because what the others made them do counts.
 */
@Order(Integer.MAX_VALUE)
class RightsTest {
  /** Rights whose use cannot be seen here, with the reason. */
  private static final Map<String, String> UNSEEN =
      Map.of(
          "operator: bind clusterroles.rbac.authorization.k8s.io thalassa-lb-dataplane",
          "asked for by the API server when a RoleBinding is written");

  /** A verb that admission policies ask for, which no audit log shows. */
  private static final String AUTHOR = "author";

  private static final Map<String, String> CLUSTER_ROLES =
      Map.of(
          "thalassa-lb-operator", "operator",
          "thalassa-lb-healthchecker", "healthchecker",
          "thalassa-lb-api", "api",
          "thalassa-lb-dataplane", "dataplane");

  @Test
  void everyRightIsUsedAndNoneIsMissing() throws Exception {
    var platform = Platform.get();
    try (var tenant = new Tenant("rights");
        var pod = tenant.pod("web-1", "{app: web}", 8080)) {
      liveAndDie(tenant, platform);
      var audit = new AuditLog(tenant.cluster.api().auditLog());
      await("rights are used")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(unused(tenant, audit.used()))
                      .as("rights in k8s/base that nothing uses")
                      .isEmpty());
      assertThat(missing(tenant, audit.forbidden())).as("asked for, and not permitted").isEmpty();
      assertThat(granted(tenant).map(Right::toString).collect(Collectors.toSet()))
          .as("reasons for rights that are gone")
          .containsAll(UNSEEN.keySet());
      assertThat(pod.address()).isNotEmpty();
    }
  }

  /** A load balancer with all that belongs to one, from the first to the last. */
  private static void liveAndDie(Tenant tenant, Platform platform) {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1, securityGroupRefs: [{name: web}]}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: SecurityGroup
        metadata: {name: web}
        spec: {ingress: [{name: everybody, priority: 100, action: Allow}]}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: web}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: orphan}
        spec: {loadBalancerRef: {name: none}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        """);
    tenant.awaitReady("web");
    serveAService(tenant);
    serveAGateway(tenant);
    leaveAReport(tenant);
    tenant.delete(Pod.class, tenant.dataplanePod("web"));
    tenant.delete(Listener.class, "web");
    tenant.delete(LoadBalancer.class, "web");
    tenant
        .client
        .pods()
        .inNamespace(Platform.NAMESPACE)
        .withName(platform.pod("healthchecker"))
        .delete();
  }

  /** All kinds that are made for a Service, from the first to the last. */
  private static void serveAService(Tenant tenant) {
    tenant.apply(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            loadbalancer.k8s.thalassa.cloud/internal: "true"
            loadbalancer.k8s.thalassa.cloud/create-security-group: "true"
        spec:
          type: LoadBalancer
          loadBalancerClass: lb.thalassa.cloud/loadbalancer
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        """);
    await("the Service's objects are there")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.get(Listener.class, "svc-web-tcp-80") != null);
    tenant.delete(Service.class, "web");
    await("the Service is gone")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.get(Service.class, "web") == null);
  }

  /** A Gateway with a route of each kind, in a cluster that has them. */
  private static void serveAGateway(Tenant tenant) {
    GatewayApi.install();
    tenant.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: backend}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, annotations: {loadbalancer.k8s.thalassa.cloud/internal: "true"}}
        spec:
          gatewayClassName: thalassa
          listeners: [{name: tcp, protocol: TCP, port: 80}, {name: udp, protocol: UDP, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata: {name: web}
        spec: {parentRefs: [{name: web}], rules: [{backendRefs: [{name: backend, port: 80}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: UDPRoute
        metadata: {name: web}
        spec: {parentRefs: [{name: web}], rules: [{backendRefs: [{name: none, port: 80}]}]}
        """);
    GatewayApi.awaitParent("TCPRoute", tenant.namespace, "web", "Accepted", "True Accepted");
    GatewayApi.awaitParent(
        "UDPRoute", tenant.namespace, "web", "ResolvedRefs", "False BackendNotFound");
    GatewayApi.delete("Gateway", tenant.namespace, "web");
  }

  /** Of a slice that is gone, which the garbage collector has overlooked. */
  private static void leaveAReport(Tenant tenant) {
    var reports = tenant.client.resources(HealthReport.class).inNamespace(tenant.namespace);
    var left = reports.list().getItems().getFirst();
    left.setMetadata(
        new ObjectMetaBuilder()
            .withName("left")
            .withLabels(left.getMetadata().getLabels())
            .build());
    reports.resource(left).create();
    await("the report that was left is gone")
        .atMost(Tenant.PATIENCE)
        .until(() -> reports.withName("left").get() == null);
  }

  private static Set<String> unused(Tenant tenant, Set<Right> used) {
    return granted(tenant)
        .filter(right -> !right.verb().equals(AUTHOR))
        .filter(right -> used.stream().noneMatch(right::covers))
        .map(Right::toString)
        .filter(right -> !UNSEEN.containsKey(right))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * An API server that starts refuses for a moment what it permits, and so does one that deletes.
   */
  private static Set<String> missing(Tenant tenant, Set<Right> forbidden) {
    var granted = granted(tenant).toList();
    return forbidden.stream()
        .filter(use -> granted.stream().noneMatch(right -> right.covers(use)))
        .map(Right::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Right> granted(Tenant tenant) {
    var rbac = tenant.client.rbac();
    var everywhere =
        CLUSTER_ROLES.entrySet().stream()
            .flatMap(
                role -> {
                  ClusterRole granted = rbac.clusterRoles().withName(role.getKey()).get();
                  return granted == null // nobody asked for the REST service
                      ? Stream.of()
                      : granted.getRules().stream()
                          .flatMap(rule -> Right.of(role.getValue(), rule));
                });
    List<Role> roles = rbac.roles().inNamespace(Platform.NAMESPACE).list().getItems();
    var here =
        roles.stream()
            .flatMap(
                role ->
                    role.getRules().stream()
                        .flatMap(rule -> Right.of(role.getMetadata().getName(), rule)));
    return Stream.concat(everywhere, here).distinct();
  }
}
