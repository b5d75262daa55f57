package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.GitOps.Verdict;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How Flux, and whoever else waits by kstatus, learns that an object is in service, or never will
 * be.
 */
class KstatusTest {
  private static final String CURRENT = "Current";
  private static final String IN_PROGRESS = "InProgress";
  private static final String FAILED = "Failed";
  private static Platform platform;
  private static Tenant tenant;
  private static TargetPod pod;

  @BeforeAll
  static void install() {
    platform = Platform.get();
    tenant = new Tenant("kstatus");
    pod = tenant.pod("web-1", "{app: web}", 8080);
  }

  @AfterAll
  static void end() {
    tenant.client.resources(Subnet.class).withName("kstatus").delete();
    tenant.client.resources(Subnet.class).withName("kstatus-twice").delete();
    tenant.close();
    pod.close();
  }

  @Test
  void whatIsInServiceIsCurrent() {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1, securityGroupRefs: [{name: web}]}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: web}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: SecurityGroup
        metadata: {name: web}
        spec: {ingress: [{name: all, priority: 1, action: Allow}]}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: plain
          annotations: {loadbalancer.k8s.thalassa.cloud/internal: "true", loadbalancer.k8s.thalassa.cloud/replicas: "1"}
        spec:
          type: LoadBalancer
          loadBalancerClass: lb.thalassa.cloud/loadbalancer
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: app}]
        """);
    tenant.client.load(stream(subnet("kstatus", "203.0.113.96/30"))).serverSideApply();
    for (var kind : List.of("loadbalancer", "listener", "targetgroup", "securitygroup")) {
      awaitStatus(kind, "web", CURRENT);
    }
    awaitStatus("subnet", "kstatus", CURRENT);
    awaitStatus("service", "plain", CURRENT);
    awaitStatus("deployment", "lb-web", CURRENT);
  }

  @Test
  void whatNeedsTimeIsInProgress() {
    try (var empty = new Tenant("kstatus-empty")) {
      empty.withoutPods();
      empty.apply(
          """
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: LoadBalancer
          metadata: {name: web}
          spec: {scheme: Internal}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: Listener
          metadata: {name: web}
          spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
          """);
      // the target group may come yet: waiting is not in vain
      awaitStatus(empty, "listener", "web", IN_PROGRESS, "there is no TargetGroup");
      awaitStatus(empty, "loadbalancer", "web", IN_PROGRESS, "No replica of LoadBalancer");
    }
  }

  @Test
  void whatTheOperatorHasNotSeenIsInProgress() {
    platform.kill("operator");
    try {
      tenant.apply(
          """
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: LoadBalancer
          metadata: {name: unseen}
          spec: {scheme: Internal, replicas: 1}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: Listener
          metadata: {name: unseen}
          spec: {loadBalancerRef: {name: unseen}, protocol: TCP, port: 80, targetGroupRef: {name: unseen}}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: TargetGroup
          metadata: {name: unseen}
          spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: unseen}}}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: SecurityGroup
          metadata: {name: unseen}
          spec: {ingress: []}
          """);
      for (var kind : List.of("loadbalancer", "listener", "targetgroup", "securitygroup")) {
        assertThat(said(tenant, kind, "unseen").status()).as(kind).isEqualTo(IN_PROGRESS);
      }
    } finally {
      platform.restart("operator");
    }
    awaitStatus("targetgroup", "unseen", CURRENT);
    awaitStatus("securitygroup", "unseen", CURRENT);
  }

  @Test
  void whatOnlyItsAuthorCanPutRightHasFailed() {
    tenant.apply(targets("127.0.0.1"));
    awaitStatus(tenant, "targetgroup", "wrong", FAILED, "127.0.0.1 is a loopback address");
    tenant.apply(targets("10.0.0.1"));
    awaitStatus("targetgroup", "wrong", CURRENT);
    assertThat(tenant.get(TargetGroup.class, "wrong").getStatus().conditions())
        .extracting(condition -> condition.getType())
        .doesNotContain("Stalled", "Reconciling");

    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: wrong}
        spec: {scheme: Internal, replicas: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: last-ports}
        spec: {protocol: TCP, port: 65530, selector: {matchLabels: {app: web}}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: wrong}
        spec: {loadBalancerRef: {name: wrong}, protocol: TCP, port: 6000, endPort: 6006, targetGroupRef: {name: last-ports}}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: wrong
          annotations: {loadbalancer.k8s.thalassa.cloud/internal: "perhaps"}
        spec:
          type: LoadBalancer
          loadBalancerClass: lb.thalassa.cloud/loadbalancer
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: app}]
        """);
    var twice = subnet("kstatus-twice", "203.0.113.100/31, 203.0.113.100/31");
    tenant.client.load(stream(twice)).serverSideApply();
    awaitStatus(tenant, "listener", "wrong", FAILED, "the last port is 65535");
    awaitStatus(tenant, "service", "wrong", FAILED, "internal");
    awaitStatus(tenant, "subnet", "kstatus-twice", FAILED, "give every address once");
  }

  private static String targets(String address) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: wrong}
        spec: {protocol: TCP, port: 80, targets: [{address: %s}]}
        """
        .formatted(address);
  }

  private static String subnet(String name, String pool) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: %s}
        spec: {scheme: Internal, addressPools: [%s]}
        """
        .formatted(name, pool);
  }

  private static InputStream stream(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Verdict said(Tenant tenant, String kind, String name) {
    return GitOps.kstatus(tenant.namespace, kind, name);
  }

  private static void awaitStatus(String kind, String name, String status) {
    awaitStatus(tenant, kind, name, status, "");
  }

  private static void awaitStatus(
      Tenant tenant, String kind, String name, String status, String message) {
    var heard = new ArrayList<Verdict>();
    await(kind + " " + name + " is " + status)
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .untilAsserted(
            () -> {
              heard.add(said(tenant, kind, name));
              assertThat(heard.getLast().status()).as("%s", heard).isEqualTo(status);
              assertThat(heard.getLast().message()).contains(message);
            });
  }
}
