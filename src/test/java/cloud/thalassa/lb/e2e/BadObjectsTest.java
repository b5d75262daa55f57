package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cloud.thalassa.lb.e2e.kube.Cluster;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one object can show about itself is refused by the API server, in words. */
class BadObjectsTest {
  private static final Cluster CLUSTER = Cluster.get();
  private static String namespace;

  @BeforeAll
  static void namespace() {
    namespace = CLUSTER.namespace("bad");
  }

  @AfterAll
  static void end() {
    CLUSTER.client().namespaces().withName(namespace).delete();
  }

  static Stream<BadObject> cases() {
    return BadObject.all();
  }

  static Stream<String> kinds() {
    return BadObject.KINDS.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theUnchangedObjectIsAccepted(String kind) {
    apply(BadObject.good(kind));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRefusedInWords(BadObject bad) {
    if (bad.before() != null) {
      apply(named(bad, bad.before()));
    }
    var object = named(bad, bad.object());
    var refusal = catchThrowableOfType(KubernetesClientException.class, () -> apply(object));
    assertThat(refusal).as("accepted:%n%s", bad.object()).isNotNull();
    assertThat(refusal.getMessage()).contains(bad.says());
  }

  @Test
  void thereAreAtLeastSixty() {
    assertThat(BadObject.all()).hasSizeGreaterThanOrEqualTo(60);
  }

  /** Every case has an object of its own, unless its name is what is bad. */
  private static ObjectNode named(BadObject bad, ObjectNode object) {
    var metadata = (ObjectNode) object.get("metadata");
    if (metadata.get("name").asText().equals("web")) {
      metadata.put("name", "case-" + Integer.toHexString(bad.name().hashCode()));
    }
    return object;
  }

  private static void apply(ObjectNode object) {
    var resource = Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
    CLUSTER
        .client()
        .genericKubernetesResources(resource.getApiVersion(), resource.getKind())
        .inNamespace(namespace)
        .resource(resource)
        .fieldManager("user")
        .forceConflicts()
        .serverSideApply();
  }
}
