package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart is k8s/base, and what its values say. */
class ChartTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
  private static final String VALUES =
      """
      image: {registry: registry.example:5000/lb, tag: "7", pullPolicy: Always, pullSecrets: [ours]}
      operator:
        image: {digest: "%s"}
        replicas: 3
        resources: {requests: {cpu: 1}, limits: {memory: 1Gi}}
        nodeSelector: {role: control}
        tolerations: [{key: control, operator: Exists}]
        env: {QUARKUS_LOG_LEVEL: DEBUG, THALASSA_INSTANCE: me}
      healthchecker:
        image: {name: checker}
        replicas: 4
      api:
        enabled: true
        replicas: 5
        nodeSelector: {role: front}
        env: {THALASSA_REGION_SLUG: nl-01}
      dataplane:
        drainDeadlineSeconds: 60
        resources: {requests: {cpu: 2}}
        nodeSelector: {role: edge}
        tolerations: [{key: edge, operator: Equal, value: "yes", effect: NoSchedule}]
        pullSecrets: [theirs]
        env: {THALASSA_FLOW_LOG: "-"}
      priorityClass: {name: first, value: 2000000, preemptionPolicy: PreemptLowerPriority}
      subnets: [{name: public, spec: {scheme: External, addressPools: [203.0.113.0/28]}}]
      """
          .formatted(DIGEST);

  @TempDir Path directory;

  @Test
  void unchangedItIsTheBase() {
    assertThat(Manifests.helm("--set", "namespace.create=true").objects())
        .containsExactlyInAnyOrderEntriesOf(Manifests.kustomize("k8s/base").objects());
  }

  @Test
  void whatIsEnabledIsTheDirectoryOfThatNameToo() {
    var all = new TreeMap<>(Manifests.kustomize("k8s/base").objects());
    for (var part : List.of("api", "events")) {
      all.putAll(Manifests.kustomize("k8s/" + part).objects());
    }
    var values = "namespace.create=true,api.enabled=true,events.enabled=true";
    assertThat(Manifests.helm("--set", values).objects()).containsExactlyInAnyOrderEntriesOf(all);
  }

  @Test
  void theReleaseHasNoNamespaceUnlessAsked() {
    assertThat(Manifests.helm().objects()).doesNotContainKey("Namespace thalassa-system");
  }

  @Test
  void everythingIsInTheNamespaceOfTheRelease() {
    var run = Manifests.template(Manifests.CHART, List.of("--namespace", "edge"));
    assertThat(run.succeeded()).contains("namespace: edge").doesNotContain("thalassa-system");
  }

  @Test
  void valuesReachTheirObjects() throws Exception {
    var values = Files.writeString(directory.resolve("values.yaml"), VALUES);
    var manifests = Manifests.helm("--values", values.toString());

    var operator = manifests.pod("operator");
    assertThat(operator.at("/containers/0/image").asText())
        .isEqualTo("registry.example:5000/lb/operator@" + DIGEST);
    assertThat(operator.at("/containers/0/imagePullPolicy").asText()).isEqualTo("Always");
    assertThat(operator.at("/containers/0/resources/limits/memory").asText()).isEqualTo("1Gi");
    assertThat(operator.at("/imagePullSecrets/0/name").asText()).isEqualTo("ours");
    assertThat(operator.at("/nodeSelector/role").asText()).isEqualTo("control");
    assertThat(operator.at("/tolerations/0/key").asText()).isEqualTo("control");
    assertThat(operator.at("/priorityClassName").asText()).isEqualTo("first");
    assertThat(manifests.get("Deployment operator").at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(manifests.variable("operator", "QUARKUS_LOG_LEVEL")).isEqualTo("DEBUG");
    assertThat(manifests.variable("operator", "THALASSA_INSTANCE")).isEqualTo("me");

    assertThat(manifests.pod("healthchecker").at("/containers/0/image").asText())
        .isEqualTo("registry.example:5000/lb/checker:7");
    assertThat(manifests.get("Deployment healthchecker").at("/spec/replicas").asInt()).isEqualTo(4);

    assertThat(manifests.get("Deployment api").at("/spec/replicas").asInt()).isEqualTo(5);
    assertThat(manifests.variable("api", "THALASSA_REGION_SLUG")).isEqualTo("nl-01");
    var migration = manifests.get("Job api-migration").at("/spec/template/spec");
    for (var pod : List.of(manifests.pod("api"), migration)) {
      assertThat(pod.at("/containers/0/image").asText())
          .isEqualTo("registry.example:5000/lb/lb-api:7");
      assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("ours");
      assertThat(pod.at("/nodeSelector/role").asText()).isEqualTo("front");
    }
    assertThat(migration.has("priorityClassName")).as("it is there later").isFalse();

    assertThat(manifests.variable("operator", "THALASSA_DATAPLANE_IMAGE"))
        .isEqualTo("registry.example:5000/lb/dataplane:7");
    assertThat(manifests.variable("operator", "THALASSA_DATAPLANE_IMAGE_PULL_POLICY"))
        .isEqualTo("Always");
    assertThat(manifests.variable("operator", "THALASSA_DATAPLANE_DRAIN_DEADLINE"))
        .isEqualTo("60S");
    assertThat(manifests.variable("operator", "THALASSA_DATAPLANE_POD"))
        .isEqualTo(
            "{\"containers\":[{\"env\":[{\"name\":\"THALASSA_FLOW_LOG\",\"value\":\"-\"}],"
                + "\"name\":\"dataplane\",\"resources\":{\"requests\":{\"cpu\":2}}}],"
                + "\"imagePullSecrets\":[{\"name\":\"theirs\"}],\"nodeSelector\":{\"role\":\"edge\"},"
                + "\"priorityClassName\":\"first\",\"tolerations\":[{\"effect\":\"NoSchedule\","
                + "\"key\":\"edge\",\"operator\":\"Equal\",\"value\":\"yes\"}]}");

    assertThat(manifests.get("PriorityClass first").get("value").asInt()).isEqualTo(2_000_000);
    assertThat(manifests.get("Subnet public").at("/spec/addressPools/0").asText())
        .isEqualTo("203.0.113.0/28");
  }

  @Test
  void aPriorityClassThatIsThereAlreadyIsOnlyNamed() {
    var manifests =
        Manifests.helm("--set", "priorityClass.create=false", "--set", "priorityClass.name=mine");
    assertThat(manifests.objects().keySet()).noneMatch(id -> id.startsWith("PriorityClass"));
    assertThat(manifests.pod("healthchecker").at("/priorityClassName").asText()).isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          operator.replicas=two                | at '/operator/replicas': got string, want integer
          healthchecker.replicas=0             | at '/healthchecker/replicas': minimum: got 0, want 1
          operator.replica=2                   | at '/operator': additional properties 'replica' not allowed
          operators.replicas=2                 | at '': additional properties 'operators' not allowed
          dataplane.image.digest=7             | at '/dataplane/image/digest'
          image.pullPolicy=Sometimes           | at '/image/pullPolicy': value must be one of
          dataplane.drainDeadlineSeconds=5m    | at '/dataplane/drainDeadlineSeconds': got string, want integer
          operator.resources.limits.memory=1GB | at '/operator/resources/limits/memory'
          operator.env.log-level=DEBUG         | at '/operator/env'
          subnets[0].name=public               | at '/subnets/0': missing property 'spec'
          """)
  void aWrongValueIsRefusedByName(String setting, String sentence) {
    var run = Manifests.template(Manifests.CHART, List.of("--set", setting));
    assertThat(run.code()).isNotZero();
    assertThat(run.errors()).contains(sentence);
  }

  @Test
  void thePackageHoldsWhatTheLinksLeadTo() {
    var destination = directory.toString();
    Manifests.runHelm(Map.of(), List.of("package", Manifests.CHART, "--destination", destination))
        .succeeded();
    var archive = directory.resolve("thalassa-lb-" + Repository.version() + ".tgz").toString();
    var options = List.of("--include-crds");
    assertThat(Manifests.template(archive, options).succeeded())
        .isEqualTo(Manifests.template(Manifests.CHART, options).succeeded());
  }

  @Test
  void helmFindsNothingToSay() {
    var run = Manifests.runHelm(Map.of(), List.of("lint", "--strict", Manifests.CHART));
    assertThat(run.succeeded()).contains("0 chart(s) failed");
  }
}
