package cloud.thalassa.lb.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;

class LikenessTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void whatTheServerAddsDoesNotMatter() {
    assertThat(shared("{spec: {replicas: 2}}", "{spec: {replicas: 2, paused: false}, status: {}}"))
        .isTrue();
  }

  @Test
  void whatWeSaidMustBeThere() {
    assertThat(shared("{spec: {replicas: 2}}", "{spec: {replicas: 3}}")).isFalse();
    assertThat(shared("{spec: {replicas: 2}}", "{spec: {}}")).isFalse();
    assertThat(shared("{spec: {replicas: 2}}", "{}")).isFalse();
  }

  @Test
  void sharedListsMayHaveMoreInAnyOrder() {
    assertThat(
            shared("{c: [{name: a}, {name: b}]}", "{c: [{name: x}, {name: b, y: 1}, {name: a}]}"))
        .isTrue();
    assertThat(shared("{c: [{name: a}, {name: b}]}", "{c: [{name: x}, {name: b}]}")).isFalse();
  }

  @Test
  void ownListsAreExact() {
    var desired = "{endpoints: [{addresses: [10.0.0.1]}]}";
    var intruder = "{endpoints: [{addresses: [10.0.0.1]}, {addresses: [10.6.6.6]}]}";
    assertThat(Likeness.of("EndpointSlice").holds(yaml(desired), yaml(intruder))).isFalse();
    assertThat(Likeness.of("EndpointSlice").holds(yaml(desired), yaml(desired))).isTrue();
  }

  @Test
  void aForwardingConfigSaysNothingButOurs() {
    var likeness = Likeness.of("ForwardingConfig");
    var desired = yaml("{spec: {pools: [{name: a}]}}");
    assertThat(likeness.holds(desired, yaml("{metadata: {uid: u}, spec: {pools: [{name: a}]}}")))
        .isTrue();
    assertThat(likeness.holds(desired, yaml("{spec: {pools: [{name: a, healthCheck: {}}]}}")))
        .isFalse();
  }

  @Test
  void quantitiesAreComparedByValue() {
    assertThat(
            shared(
                "{resources: {requests: {cpu: '0.1', memory: 1024Mi}}}",
                "{resources: {requests: {cpu: 100m, memory: 1Gi}}}"))
        .isTrue();
    assertThat(shared("{limits: {cpu: '0.1'}}", "{limits: {cpu: 200m}}")).isFalse();
    assertThat(shared("{limits: {cpu: '0.1'}}", "{limits: {}}")).isFalse();
  }

  private static boolean shared(String desired, String actual) {
    return Likeness.of("Deployment").holds(yaml(desired), yaml(actual));
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
