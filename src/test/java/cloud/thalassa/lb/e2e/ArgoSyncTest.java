package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Argo CD makes of objects that it has applied, once the operator has done its part: nothing
 * is OutOfSync, and nothing that the operator made is taken for the Application's own.
 */
class ArgoSyncTest {
  /** The same name as a load balancer has, whose children have it in a label. */
  private static final String APPLICATION = "web";

  private static final String EVERYTHING =
      "deployments,replicasets,pods,services,poddisruptionbudgets,networkpolicies,serviceaccounts,"
          + "rolebindings,endpointslices,loadbalancers,listeners,targetgroups,securitygroups,"
          + "forwardingconfigs,healthreports,dataplanereports";

  /** Of every list whose items have fields that may be left out, one item without them. */
  private static final String SPARSE =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: LoadBalancer
      metadata: {name: web}
      spec: {scheme: Internal, securityGroupRefs: [{name: web}], dataplane: {resources: {requests: {cpu: 1}}}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: http}
      spec:
        loadBalancerRef: {name: web}
        protocol: TCP
        port: 80
        weightedTargetGroups: [{name: blue}, {name: green, weight: 3}]
        acceptProxyProtocol: {from: [10.0.0.0/8]}
        allowedSources: [198.51.100.0/24]
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: blue}
      spec: {protocol: TCP, port: 8080, targets: [{address: 10.9.9.9}, {address: 10.9.9.8, weight: 2}], healthCheck: {}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: green}
      spec:
        protocol: TCP
        port: app
        selector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: DoesNotExist}]}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: SecurityGroup
      metadata: {name: web}
      spec: {ingress: [{name: all, priority: 1, action: Allow}, {name: web, priority: 2, action: Allow, ports: {from: 80, to: 80}}]}
      """;

  private Tenant tenant;

  @BeforeEach
  void begin() {
    Platform.get();
    tenant = new Tenant("argo");
  }

  @AfterEach
  void end() {
    tenant.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsOutOfSync(boolean serverSide) throws IOException {
    var application = tracked(SPARSE);
    apply(application, serverSide);
    awaitObserved(Listener.class, "http");
    assertThat(GitOps.outOfSync(application)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes/web.yaml", "service/web.yaml", "gateway/web.yaml"})
  void examplesAreSyncedAndTheirChildrenAreNobodysButTheirs(String example) throws Exception {
    GatewayApi.install();
    var file = KubeTools.REPOSITORY.resolve("examples").resolve(example);
    var application = tracked(Files.readString(file));
    apply(application, true);
    await("something is made for it")
        .atMost(Tenant.PATIENCE)
        .until(() -> children(application).size() > 8);

    assertThat(GitOps.outOfSync(application)).isEmpty();
    for (var child : children(application)) {
      var metadata = child.get("metadata");
      var name = id(child);
      // Kubernetes gives a ReplicaSet what its Deployment has, the tenant's own too
      if (!child.get("kind").asText().equals("ReplicaSet")) {
        assertThat(metadata.path("annotations").fieldNames())
            .toIterable()
            .as(name)
            .noneMatch(key -> key.startsWith("argocd.argoproj.io/"));
      }
      // what has an owner is never an Application's own, whatever its labels say
      assertThat(metadata.path("ownerReferences")).as(name).isNotEmpty();
    }
  }

  @Test
  void aRestartFromArgoCdIsNotUndone() throws Exception {
    apply(tracked(SPARSE), true);
    await("the Deployment").atMost(Tenant.PATIENCE).until(() -> deployment() != null);
    tenant.cluster.kubectl("rollout", "restart", "deployment/lb-web", "-n", tenant.namespace);
    var restarted = deployment().getMetadata().getGeneration();
    tenant.cluster.kubectl(
        "patch",
        "loadbalancer/web",
        "-n",
        tenant.namespace,
        "--type=merge",
        "-p",
        "{\"spec\": {\"replicas\": 3}}");
    await("the operator has written it again")
        .atMost(Tenant.PATIENCE)
        .until(() -> deployment().getSpec().getReplicas() == 3);
    assertThat(deployment().getMetadata().getGeneration()).isGreaterThan(restarted);
    assertThat(deployment().getSpec().getTemplate().getMetadata().getAnnotations())
        .containsKey("kubectl.kubernetes.io/restartedAt");
  }

  private Deployment deployment() {
    return tenant.get(Deployment.class, "lb-web");
  }

  private List<ObjectNode> tracked(String yaml) {
    return GitOps.tracked(yaml, tenant.namespace, APPLICATION);
  }

  private void apply(List<ObjectNode> objects, boolean serverSide) throws IOException {
    var file = Files.createTempFile(KubeTools.target(), "argo-", ".json");
    Files.writeString(file, GitOps.json(objects));
    if (serverSide) {
      tenant.cluster.kubectl(
          "apply", "--server-side", "--field-manager=argocd-controller", "-f", file.toString());
    } else {
      tenant.cluster.kubectl("apply", "-f", file.toString());
    }
    Files.delete(file);
  }

  private void awaitObserved(Class<? extends HasMetadata> kind, String name) {
    await(name + " is judged")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.condition(kind, name, "Accepted").getStatus() != null);
  }

  /** Everything but what was applied, and what its namespace and its own Deployments bring. */
  private List<JsonNode> children(List<ObjectNode> application) throws IOException {
    var applied = application.stream().map(ArgoSyncTest::id).collect(Collectors.toSet());
    var list = tenant.cluster.kubectl("get", EVERYTHING, "-n", tenant.namespace, "-o", "json");
    var children = new ArrayList<JsonNode>();
    for (var object : Serialization.jsonMapper().readTree(list).get("items")) {
      if (!applied.contains(id(object)) && !id(object).equals("ServiceAccount/default")) {
        children.add(object);
      }
    }
    return children;
  }

  private static String id(JsonNode object) {
    return object.get("kind").asText() + "/" + object.at("/metadata/name").asText();
  }
}
