package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.e2e.traffic.Client;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From the rules of a security group to who may connect, live. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityGroupTest {
  private static final String OFFICE = Tenant.newAddress();
  private static final String STRANGER = Tenant.newAddress();
  private static Tenant tenant;
  private static TargetPod web;
  private static TargetPod dns;
  private static String address;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("security-groups");
    web = tenant.pod("web-1", "{app: web}", 8080);
    dns = tenant.udpPod("dns-1", "{app: dns}", 5353);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1, securityGroupRefs: [{name: office}]}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: http}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: dns}
        spec: {loadBalancerRef: {name: web}, protocol: UDP, port: 53, targetGroupRef: {name: dns}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: dns}
        spec: {protocol: UDP, port: 5353, selector: {matchLabels: {app: dns}}}
        """);
    address = tenant.dataplane("web");
  }

  @AfterAll
  static void end() {
    tenant.close();
    web.close();
    dns.close();
  }

  @Test
  @Order(1)
  void withoutItsGroupNobodyIsAdmittedAndTheStatusSaysWhatIsMissing() {
    var message =
        tenant.awaitCondition(
            LoadBalancer.class, "web", "ResolvedRefs", "False", "SecurityGroupNotFound");
    assertThat(message)
        .startsWith(
            "securityGroupRefs[0]: there is no SecurityGroup " + tenant.namespace + "/office:");
    tenant.awaitCondition(Listener.class, "http", "Programmed", "True", "Programmed");
    tenant.awaitCondition(Listener.class, "http", "Ready", "False", "SecurityGroupNotFound");
    assertThat(tcp(OFFICE)).isFalse();
    assertThat(udp(OFFICE)).isFalse();
  }

  @Test
  @Order(2)
  void itsRulesDecideOnTheAddressOfTheClient() {
    tenant.apply(group(rule("office", 100, "Allow", "TCP", OFFICE)));
    tenant.awaitReady("http", "dns");
    tenant.awaitCondition(LoadBalancer.class, "web", "ResolvedRefs", "True", "ResolvedRefs");
    await().atMost(Tenant.PATIENCE).until(() -> tcp(OFFICE));
    assertThat(tcp(STRANGER)).isFalse();
    assertThat(udp(OFFICE)).as("a rule about TCP").isFalse();

    tenant.awaitCondition(SecurityGroup.class, "office", "Accepted", "True", "Accepted");
    assertThat(tenant.get(SecurityGroup.class, "office").getStatus().loadBalancers().names())
        .containsExactly("web");
    assertThat(tenant.cluster.kubectl("get", "sg", "-n", tenant.namespace))
        .containsPattern("NAME +RULES +LOADBALANCERS +ACCEPTED +AGE")
        .containsPattern("office +1 +1 +True");
  }

  @Test
  @Order(3)
  void aChangeIsInEffectForNewConnectionsAndCutsNobody() throws Exception {
    try (var connection = new Client(OFFICE, address, 80)) {
      tenant.apply(
          group(
              rule("office", 100, "Deny", "TCP", OFFICE)
                  + rule("everybody", 110, "Allow", "All", null)
                  + rule("too-late", 120, "Deny", "UDP", STRANGER)));
      await().atMost(Tenant.PATIENCE).until(() -> !tcp(OFFICE));
      connection.exchange(1000);
      assertThat(tcp(STRANGER)).isTrue();
      assertThat(udp(OFFICE)).isTrue();
      assertThat(udp(STRANGER)).isTrue();
    }
    assertThat(
            tenant.awaitCondition(
                SecurityGroup.class, "office", "RulesEffective", "False", "Shadowed"))
        .startsWith("ingress[2]: rule too-late never decides, because rule everybody");
  }

  @Test
  @Order(4)
  void whoAttachesNoGroupIsLeftAlone() {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: other}
        spec: {scheme: Internal, replicas: 1}
        """);
    await()
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.get(ForwardingConfig.class, "other") != null);
    var before = tenant.get(ForwardingConfig.class, "other").getMetadata().getResourceVersion();
    assertThat(tenant.get(ForwardingConfig.class, "other").getSpec().securityRules()).isNull();

    tenant.apply(group(rule("nobody", 100, "Deny", "All", OFFICE)));
    await().atMost(Tenant.PATIENCE).until(() -> !tcp(STRANGER) && !tcp(OFFICE));
    assertThat(tenant.get(ForwardingConfig.class, "web").getSpec().securityRules()).hasSize(1);
    assertThat(tenant.get(ForwardingConfig.class, "other").getMetadata().getResourceVersion())
        .isEqualTo(before);
  }

  @Test
  @Order(5)
  void asMuchAsAGroupMaySayIsServed() {
    var rules = new StringBuilder(rule("office", 1, "Allow", "TCP", OFFICE));
    for (int i = 1; i < 200; i++) {
      rules.append(
          """
            - {name: r%1$d, priority: 100, action: Deny, sources: [172.16.%1$d.0/28, 172.17.%1$d.0/28, "fd00:%1$d::/64", "fd01:%1$d::/64", "fd02:%1$d::/64"]}
          """
              .formatted(i));
    }
    tenant.apply(group(rules.toString()));
    await().atMost(Tenant.PATIENCE).until(() -> tcp(OFFICE));
    assertThat(tcp(STRANGER)).isFalse();
    assertThat(tenant.get(ForwardingConfig.class, "web").getSpec().securityRules()).hasSize(200);
  }

  private static String group(String rules) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: SecurityGroup
        metadata: {name: office}
        spec:
          ingress:
        %s"""
        .formatted(rules);
  }

  private static String rule(
      String name, int priority, String action, String protocol, String source) {
    return "  - {name: %s, priority: %d, action: %s, protocol: %s%s}\n"
        .formatted(
            name,
            priority,
            action,
            protocol,
            source == null ? "" : ", sources: [" + source + "/32]");
  }

  private static boolean tcp(String from) {
    try (var client = new Client(from, address, 80)) {
      return client.target().equals("web-1");
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean udp(String from) {
    try (var socket = new DatagramSocket(0, InetAddress.ofLiteral(from))) {
      return Client.askUdp(socket, address, 53).equals("dns-1");
    } catch (IOException silence) {
      return false;
    }
  }
}
