package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code kubectl lb} says of load balancers that serve. */
class PluginTest {
  private static Tenant tenant;
  private static TargetPod first;
  private static TargetPod second;
  private static Plugin editor;
  private static Plugin viewer;

  @BeforeAll
  static void apply() throws Exception {
    Platform.get();
    tenant = new Tenant("plugin");
    first = tenant.pod("web-1", "{app: web}", 8080);
    second = tenant.pod("web-2", "{app: web}", 8080);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1, securityGroupRefs: [{name: doors}]}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: SecurityGroup
        metadata: {name: doors}
        spec:
          ingress:
          - {name: rogue, priority: 10, action: Deny, protocol: TCP, sources: [203.0.113.66/32]}
          - {name: world, priority: 20, action: Allow}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: http}
        spec:
          loadBalancerRef: {name: web}
          protocol: TCP
          port: 80
          targetGroupRef: {name: web}
          allowedSources: [10.0.0.0/8, 203.0.113.0/24]
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec:
          protocol: TCP
          port: 8080
          policy: Maglev
          selector: {matchLabels: {app: web}}
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 1}
        """);
    tenant.apply(account("editor", "edit"));
    tenant.apply(account("viewer", "view"));
    tenant.awaitReady("http");
    tenant.awaitCondition(TargetGroup.class, "web", "TargetsHealthy", "True", "AllHealthy");
    editor = plugin("editor");
    viewer = plugin("viewer");
    await("the shipped roles are part of edit and view")
        .atMost(Duration.ofMinutes(1))
        .until(() -> viewer.say("list").code() == 0 && editor.say("list").code() == 0);
  }

  private static String account(String name, String role) {
    return """
    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: %1$s}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: %1$s}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %2$s}
    subjects: [{kind: ServiceAccount, name: %1$s, namespace: %3$s}]
    """
        .formatted(name, role, tenant.namespace);
  }

  private static Plugin plugin(String account) throws Exception {
    return new Plugin(tenant.cluster.api().kubeconfig(tenant.namespace, account), tenant.namespace);
  }

  @AfterAll
  static void end() {
    tenant.close();
    first.close();
    second.close();
  }

  @Test
  void listShowsTheStateAtAGlance() {
    var said = viewer.say("list");
    assertThat(said.code()).as(said.output()).isZero();
    assertThat(said.output())
        .containsPattern("NAME +STATE +ADDRESSES +LISTENERS +REPLICAS +TARGETS +AGE")
        .containsPattern("web +Ready +10\\.96\\.[0-9.]+ +1/1 +1/1 +2/2 +[0-9]+");
  }

  @Test
  void listHasWideColumnsAndAllNamespaces() throws Exception {
    assertThat(viewer.say("list", "-o", "wide").output())
        .containsPattern("AGE +SCHEME +SUBNET +MESSAGE")
        .containsPattern("web .* Internal +");
    var admin = new Plugin(tenant.cluster.api().kubeconfig(), "default");
    assertThat(admin.plain("list", "-A").output())
        .containsPattern("NAMESPACE +NAME +STATE")
        .containsPattern(tenant.namespace + " +web +Ready");
    var refused = viewer.plain("list", "-A");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output().strip().lines()).hasSize(1);
    assertThat(refused.output())
        .contains("kubectl lb: the cluster refuses: ")
        .contains("forbidden");
  }

  @Test
  void documentsAreForPrograms() {
    var json = viewer.say("list", "-o", "json");
    assertThat(json.output())
        .contains("\"name\" : \"web\"")
        .contains("\"targets\" : {\n      \"healthy\" : 2,\n      \"total\" : 2\n    }");
    Map<?, ?> whole =
        Serialization.unmarshal(viewer.say("get", "web", "-o", "yaml").output(), Map.class);
    assertThat(whole.get("summary")).extracting("state").isEqualTo("Ready");
    assertThat(whole.get("targetGroups")).asList().hasSize(1);
  }

  @Test
  void whereThereIsNothingItSaysSo() throws Exception {
    var admin = new Plugin(tenant.cluster.api().kubeconfig(), "kube-public");
    for (var command : new String[] {"list", "events"}) {
      var said = admin.say(command);
      assertThat(said.code()).as(said.output()).isZero();
      assertThat(said.output()).startsWith("no ").contains("kube-public");
    }
    var missing = viewer.say("get", "wob");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.output())
        .isEqualTo(
            "kubectl lb: there is no LoadBalancer wob in namespace " + tenant.namespace + "\n");
  }

  @Test
  void getShowsItWhole() {
    var said = viewer.say("get", "web");
    assertThat(said.code()).as(said.output()).isZero();
    assertThat(said.output())
        .containsPattern("Name: +web\n")
        .containsPattern("State: +Ready\n")
        .containsPattern("Security groups: +doors\n")
        .containsPattern("Last change: +revision [0-9a-f]+, on all replicas after [0-9]+ ms")
        .containsPattern("Last failover: +none\n")
        .containsPattern("Ready +True +\\S+ +[0-9]+")
        .containsPattern("http +80/TCP +[0-9-]+ +web +Ready\n")
        .containsPattern("Target group web: Maglev, health check, 2/2 healthy")
        .containsPattern(first.address() + ":8080 +Healthy +[0-9]+s +1 +web-1 +\\S+")
        .containsPattern(second.address() + ":8080 +Healthy");
    assertThat(viewer.say("get", "web", "-o", "wide").output()).contains("node-1");
  }

  @Test
  void eventsAreThoseOfAllThatBelongsToIt() {
    try (var third = tenant.pod("bad-1", "{app: bad}", 8080)) {
      third.die();
      tenant.apply(
          """
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: TargetGroup
          metadata: {name: bad}
          spec:
            protocol: TCP
            port: 8080
            selector: {matchLabels: {app: bad}}
            healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 1}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: Listener
          metadata: {name: bad}
          spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 81, targetGroupRef: {name: bad}}
          """);
      tenant.awaitCondition(TargetGroup.class, "bad", "TargetsHealthy", "False", "NoneHealthy");
      await("its Event is there")
          .atMost(Tenant.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(viewer.say("events", "web").output())
                      .containsPattern("LAST SEEN +TYPE +REASON +OBJECT +MESSAGE")
                      .containsPattern("Warning +NoneHealthy +TargetGroup bad +0 of 1 targets"));
      var watching = viewer.start("events", "web", "-w", "-n", tenant.namespace);
      await("what was is told first")
          .atMost(Tenant.PATIENCE)
          .until(() -> watching.output().contains("NoneHealthy"));
      third.revive();
      await("what happens is told as it happens")
          .atMost(Tenant.PATIENCE)
          .until(() -> watching.output().contains("AllHealthy"));
      watching.terminate();
      tenant.delete(Listener.class, "bad");
      tenant.delete(TargetGroup.class, "bad");
    }
  }

  @Test
  void explainIsWhatAReplicaSays() {
    var said = editor.say("explain", "--from", "203.0.113.7:4431", "--to", "web:80/tcp");
    assertThat(said.code()).as(said.output()).isZero();
    assertThat(said.output())
        .containsPattern("Connection: +203.0.113.7:4431 to 10\\.96\\.[0-9.]+:80/TCP\n")
        .containsPattern("Asked: +replica lb-web-\\S+, which serves revision [0-9a-f]+\n")
        .containsPattern("Listener: +" + tenant.namespace + "/http\n")
        .containsPattern("Verdict: +admitted: ")
        .containsPattern("Target: +10\\.77\\.[0-9.]+:8080\n")
        .containsPattern("allowedSources +allow +203.0.113.7 is in 203.0.113.0/24")
        .containsPattern("doors/rogue +no match +")
        .containsPattern("doors/world +allow +")
        .containsPattern(tenant.namespace + "/web +Maglev +100 %")
        .containsPattern(first.address() + ":8080( \\*)? +" + tenant.namespace + "/web +yes +1 +");
  }

  @Test
  void explainNamesTheRuleThatRefuses() {
    var rogue = editor.say("explain", "--from", "203.0.113.66:4431", "--to", "web:80");
    assertThat(rogue.output())
        .containsPattern("Verdict: +refused: ")
        .containsPattern("doors/rogue +deny +");
    var stranger = editor.say("explain", "--from", "198.51.100.1:1", "--to", "web:80");
    assertThat(stranger.output()).containsPattern("allowedSources +deny +");
    var nobody = editor.say("explain", "--from", "203.0.113.7:1", "--to", "web:99/udp");
    assertThat(nobody.code()).isZero();
    assertThat(nobody.output()).containsPattern("Listener: +none").contains("No listener takes");
    var json = editor.say("explain", "--from", "203.0.113.7:4431", "--to", "web:80", "-o", "json");
    Map<?, ?> explained = Serialization.unmarshal(json.output(), Map.class);
    assertThat(explained.get("explanation")).extracting("admitted").isEqualTo(true);
  }

  @Test
  void whoMayOnlyLookIsToldWhatItTakes() {
    var said = viewer.say("explain", "--from", "203.0.113.7:4431", "--to", "web:80");
    assertThat(said.code()).as(said.output()).isEqualTo(1);
    assertThat(said.output().strip().lines()).hasSize(1);
    assertThat(said.output()).contains("pods/portforward").contains("the role edit");
    assertThat(viewer.say("top", "web", "--once").code()).isEqualTo(1);
  }

  @Test
  void topShowsWhatFlows() throws Exception {
    try (var client = new Client(tenant.dataplane("web"), 80)) {
      client.exchange(1000);
      var said = editor.say("top", "web"); // not a terminal: once
      assertThat(said.code()).as(said.output()).isZero();
      assertThat(said.output())
          .containsPattern(
              "Load balancer " + tenant.namespace + "/web: [1-9][0-9]* connections on 1 replicas")
          .containsPattern("LISTENER +CONNECTIONS +OPENED/s +ENDED/s +TO TARGET/s +TO CLIENT/s")
          .containsPattern(tenant.namespace + "/http +[1-9]")
          .containsPattern("TARGET GROUP +CHOSEN/s +FAILED/s +CONNECT TIME")
          .containsPattern(
              client.target().equals("web-1")
                  ? first.address() + ":8080 +\\S+ +[1-9]"
                  : second.address() + ":8080 +\\S+ +[1-9]");
    }
    var json = editor.say("top", "--interval", "0.2", "-o", "json");
    Map<?, ?> traffic = Serialization.unmarshal(json.output(), Map.class);
    assertThat(traffic.get("items")).asList().isNotEmpty();
  }

  @Test
  void onATerminalTopGoesOn() {
    var watching = editor.onATerminal("top", "web", "--interval", "0.2", "-n", tenant.namespace);
    await("it is said again and again")
        .atMost(Tenant.PATIENCE)
        .until(() -> watching.output().split("\u001b\\[H\u001b\\[J", -1).length > 3);
    watching.terminate();
  }

  @Test
  void diffSaysWhatWouldChangeAndWritesNothing() throws Exception {
    var before = tenant.get(Listener.class, "http").getMetadata().getResourceVersion();
    var file =
        write(
            """
            apiVersion: lb.thalassa.cloud/v1alpha1
            kind: Listener
            metadata: {name: http}
            spec:
              loadBalancerRef: {name: web}
              protocol: TCP
              port: 80
              targetGroupRef: {name: web}
              allowedSources: [10.0.0.0/8]
            ---
            apiVersion: lb.thalassa.cloud/v1alpha1
            kind: Listener
            metadata: {name: https}
            spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 443, targetGroupRef: {name: web}}
            ---
            apiVersion: lb.thalassa.cloud/v1alpha1
            kind: TargetGroup
            metadata: {name: web}
            spec:
              protocol: TCP
              port: 8080
              policy: Maglev
              targets: [{address: %s}]
              healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 1}
            """
                .formatted(first.address()));
    var said = viewer.say("diff", "-f", file);
    assertThat(said.code()).as(said.output()).isZero();
    assertThat(said.output())
        .contains("LoadBalancer " + tenant.namespace + "/web would be changed:")
        .contains("+ listener " + tenant.namespace + "/https is bound: 443/TCP")
        .contains("clients that lose access: 203.0.113.0/26")
        .containsPattern(
            "clients that get another target: [345][0-9]\\.[0-9] % \\(of 20,000 tried\\)")
        .contains("leaves: " + second.address() + ":8080");
    assertThat(tenant.get(Listener.class, "http").getMetadata().getResourceVersion())
        .isEqualTo(before);
    assertThat(tenant.get(Listener.class, "https")).isNull();
  }

  @Test
  void diffNamesWhatWouldBeRefused() throws Exception {
    var file =
        write(
            """
            apiVersion: lb.thalassa.cloud/v1alpha1
            kind: Listener
            metadata: {name: http}
            spec: {loadBalancerRef: {name: web}, protocol: UDP, port: 80, targetGroupRef: {name: web}}
            ---
            apiVersion: lb.thalassa.cloud/v1alpha1
            kind: Listener
            metadata: {name: younger}
            spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
            """);
    var said = viewer.say("diff", "-f", file);
    assertThat(said.code()).as(said.output()).isEqualTo(1);
    assertThat(said.output())
        .contains("Refused:")
        .contains("protocol is immutable")
        .contains("Listener " + tenant.namespace + "/younger: ");
    assertThat(viewer.say("diff", "-f", "/nonexistent.yaml").output())
        .isEqualTo("kubectl lb: /nonexistent.yaml does not exist\n");
  }

  private static String write(String yaml) throws Exception {
    return Files.writeString(Files.createTempFile("new", ".yaml"), yaml).toString();
  }

  @Test
  void kubectlCompletesIt() {
    assertThat(editor.throughKubectl("__complete", "lb", "").output())
        .contains("explain\t")
        .contains("list\t");
    assertThat(
            editor.throughKubectl("__complete", "lb", "get", "-n", tenant.namespace, "w").output())
        .contains("web\n:4");
    assertThat(editor.throughKubectl("__complete", "lb", "list", "-o", "").output())
        .contains("json\nwide\nyaml\n");
    assertThat(
            editor
                .throughKubectl(
                    "__complete", "lb", "explain", "-n", tenant.namespace, "--to", "web")
                .output())
        .contains("web:80/tcp\n");
  }

  @Test
  void kubectlFindsIt() {
    var said = editor.throughKubectl("lb", "list", "-n", tenant.namespace);
    assertThat(said.code()).as(said.output()).isZero();
    assertThat(said.output()).containsPattern("web +Ready");
  }
}
