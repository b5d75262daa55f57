package cloud.thalassa.lb.e2e;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;

/** The kinds of the Gateway API, which a cluster gets while the operator runs. */
final class GatewayApi {
  private static final String VERSION = "gateway.networking.k8s.io/v1";
  private static boolean installed;

  private GatewayApi() {}

  /** Its kinds and a class of ours, {@code thalassa}, by whoever asks first. */
  static synchronized void install() {
    if (!installed) {
      var cluster = Cluster.get();
      cluster.kubectl("apply", "--server-side", "-f", KubeTools.gatewayApi() + "/");
      cluster.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
      var example = KubeTools.REPOSITORY.resolve("examples/gateway/gatewayclass.yaml");
      cluster.kubectl("apply", "--server-side", "-f", example.toString());
      await("the operator has found it")
          .atMost(Tenant.PATIENCE.multipliedBy(2))
          .until(
              () -> condition(get("GatewayClass", "", "thalassa"), "Accepted").startsWith("True"));
      installed = true;
    }
  }

  static JsonNode get(String kind, String namespace, String name) {
    var client = Cluster.get().client();
    var objects = client.genericKubernetesResources(VERSION, kind);
    var found =
        namespace.isEmpty()
            ? objects.withName(name).get()
            : objects.inNamespace(namespace).withName(name).get();
    return found == null
        ? MissingNode.getInstance()
        : client.getKubernetesSerialization().convertValue(found, JsonNode.class);
  }

  static void delete(String kind, String namespace, String name) {
    Cluster.get()
        .client()
        .genericKubernetesResources(VERSION, kind)
        .inNamespace(namespace)
        .withName(name)
        .delete();
  }

  /** Such as {@code True Accepted}, of an object. */
  static String condition(JsonNode object, String type) {
    return said(object.at("/status/conditions"), type);
  }

  /** Of a listener in the status of a Gateway. */
  static JsonNode listener(JsonNode gateway, String name) {
    return StreamSupport.stream(gateway.at("/status/listeners").spliterator(), false)
        .filter(listener -> listener.path("name").asText().equals(name))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** Of the only parent of a route. */
  static String parentCondition(String kind, String namespace, String name, String type) {
    return said(get(kind, namespace, name).at("/status/parents/0/conditions"), type);
  }

  static void awaitParent(
      String kind, String namespace, String name, String type, String condition) {
    await(kind + " " + name)
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () ->
                Assertions.assertThat(parentCondition(kind, namespace, name, type))
                    .as(type)
                    .isEqualTo(condition));
  }

  static String said(JsonNode conditions, String type) {
    return StreamSupport.stream(conditions.spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(
            condition ->
                condition.path("status").asText() + " " + condition.path("reason").asText())
        .findFirst()
        .orElse("");
  }
}
