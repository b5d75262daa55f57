package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * In a namespace with Pod Security {@code restricted}, load balancers and our examples run. That
 * the namespace of the operator enforces it is seen with every test that uses it.
 */
class PodSecurityTest {
  private static Tenant tenant;

  @BeforeAll
  static void begin() {
    Platform.get();
    tenant = new Tenant("restricted");
    tenant.cluster.kubectl(
        "label", "namespace", tenant.namespace, "pod-security.kubernetes.io/enforce=restricted");
  }

  @AfterAll
  static void end() {
    tenant.close();
  }

  @Test
  void theExampleRuns() throws IOException {
    try (var yaml =
        Files.newInputStream(KubeTools.REPOSITORY.resolve("examples/kubernetes/web.yaml"))) {
      var deployments =
          tenant.client.load(yaml).items().stream().filter(Deployment.class::isInstance).toList();
      for (var deployment : deployments) {
        assertThatCode(() -> create(pod((Deployment) deployment))).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aDataplaneRuns() {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
        """);
    tenant.dataplane("web");
  }

  @Test
  void whatIsNotRestrictedIsRefused() {
    var privileged =
        new PodSpecBuilder()
            .withHostNetwork(true)
            .addNewContainer()
            .withName("shell")
            .withImage("shell")
            .endContainer()
            .build();
    assertThatThrownBy(() -> create(privileged)).hasMessageContaining("PodSecurity");
  }

  private static PodSpec pod(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static Pod create(PodSpec spec) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("example")
            .withNamespace(tenant.namespace)
            .endMetadata()
            .withSpec(spec)
            .build();
    return tenant.client.resource(pod).dryRun().create();
  }
}
