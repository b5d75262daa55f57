package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What examples/flux asks of Gateways and routes, asked of real ones. */
class FluxExpressionsTest {
  private static Tenant tenant;

  @BeforeAll
  static void install() {
    Platform.get();
    GatewayApi.install();
    tenant = new Tenant("flux");
  }

  @AfterAll
  static void end() {
    tenant.close();
  }

  @Test
  void aGatewayThatServesIsCurrentAndSoIsItsRoute() throws Exception {
    tenant.apply(Files.readString(KubeTools.REPOSITORY.resolve("examples/gateway/web.yaml")));
    await("the Gateway is current")
        .atMost(Tenant.PATIENCE)
        .until(() -> holds("current", "Gateway", "web"));
    await("the route is current")
        .atMost(Tenant.PATIENCE)
        .until(() -> holds("current", "TCPRoute", "web"));
    assertThat(holds("failed", "Gateway", "web")).isFalse();
  }

  @Test
  void aGatewayThatCannotBeServedHasFailedAndARouteToItNeverIsCurrent() throws Exception {
    tenant.apply(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: wrong}
        spec:
          gatewayClassName: thalassa
          addresses: [{type: Hostname, value: lb.example}]
          listeners: [{name: http, protocol: TCP, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata: {name: wrong}
        spec:
          parentRefs: [{name: wrong}]
          rules: [{backendRefs: [{name: nobody, port: 80}]}]
        """);
    await("the Gateway has failed")
        .atMost(Tenant.PATIENCE)
        .until(() -> holds("failed", "Gateway", "wrong"));
    assertThat(holds("current", "Gateway", "wrong")).isFalse();
    GatewayApi.awaitParent(
        "TCPRoute", tenant.namespace, "wrong", "ResolvedRefs", "False BackendNotFound");
    assertThat(holds("current", "TCPRoute", "wrong")).isFalse();
  }

  private static boolean holds(String expression, String kind, String name) throws Exception {
    var object = GatewayApi.get(kind, tenant.namespace, name);
    var cel =
        CelFactory.plannerCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("metadata", SimpleType.DYN)
            .addVar("status", SimpleType.DYN)
            .build();
    var program = cel.createProgram(cel.compile(expression(expression, kind)).getAst());
    var variables =
        Map.of("metadata", plain(object.get("metadata")), "status", plain(object.path("status")));
    return (Boolean) program.eval(variables);
  }

  private static String expression(String name, String kind) throws IOException {
    var file = KubeTools.REPOSITORY.resolve("examples/flux/tenant.yaml");
    for (var check :
        Serialization.yamlMapper().readTree(file.toFile()).at("/spec/healthCheckExprs")) {
      if (check.get("kind").asText().equals(kind)) {
        return check.get(name).asText();
      }
    }
    throw new AssertionError(kind + " has no " + name);
  }

  /** Whole numbers of CEL are long. */
  private static Map<String, Object> plain(JsonNode node) throws IOException {
    var reader =
        Serialization.jsonMapper()
            .readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.USE_LONG_FOR_INTS);
    return node.isMissingNode() ? Map.of() : reader.readValue(node.toString());
  }
}
