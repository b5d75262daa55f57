package cloud.thalassa.lb.api.translate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.api.wire.AssociateRequest;
import cloud.thalassa.lb.api.wire.AttachRequest;
import cloud.thalassa.lb.api.wire.AttachmentsRequest;
import cloud.thalassa.lb.api.wire.ListenerRequest;
import cloud.thalassa.lb.api.wire.LoadBalancerCreate;
import cloud.thalassa.lb.api.wire.LoadBalancerUpdate;
import cloud.thalassa.lb.api.wire.ReservedIpRequest;
import cloud.thalassa.lb.api.wire.RulesRequest;
import cloud.thalassa.lb.api.wire.SecurityGroupRequest;
import cloud.thalassa.lb.api.wire.SubnetRequest;
import cloud.thalassa.lb.api.wire.TargetGroupRequest;
import cloud.thalassa.lb.api.wire.VpcRequest;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a request makes of the objects, and how these read: {@code world.yaml} and {@code
 * request.json} in, {@code object.yaml} and {@code answer.json} out, or {@code refusal.txt}. {@code
 * -Dgolden.update=true} writes what is so.
 */
class GoldenTest {
  private static final Path CASES = Path.of("src/test/resources/translate");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    try (var directories = Files.list(CASES)) {
      return directories
          .filter(Files::isDirectory)
          .sorted()
          .map(it -> DynamicTest.dynamicTest(it.getFileName().toString(), () -> run(it)))
          .toList()
          .stream();
    }
  }

  private static void run(Path directory) throws IOException {
    var scene = Scene.of(Files.readString(CASES.resolve("base.yaml")));
    var own = directory.resolve("world.yaml");
    if (Files.exists(own)) {
      scene =
          Scene.of(Files.readString(CASES.resolve("base.yaml")) + "---\n" + Files.readString(own));
    }
    var request = JSON.readTree(scene.filled(Files.readString(directory.resolve("request.json"))));
    try {
      var object =
          scene.add(apply(scene, request.get("do").asText().split(" "), request.get("body")));
      compare(directory.resolve("object.yaml"), yaml(object));
      compare(directory.resolve("answer.json"), answer(scene.world(), object));
      assertThat(directory.resolve("refusal.txt")).doesNotExist();
    } catch (Refusal refusal) {
      compare(directory.resolve("refusal.txt"), refusal.reason() + " " + refusal.message() + "\n");
      assertThat(directory.resolve("object.yaml")).doesNotExist();
    }
  }

  private static HasMetadata apply(Scene scene, String[] what, JsonNode body)
      throws JsonProcessingException {
    var world = scene.world();
    var name = what.length > 2 ? what[2] : "";
    return switch (what[0] + " " + what[1]) {
      case "create load-balancer" ->
          LoadBalancers.create(world, read(body, LoadBalancerCreate.class));
      case "update load-balancer" ->
          LoadBalancers.update(
              world, scene.get(LoadBalancer.class, name), read(body, LoadBalancerUpdate.class));
      case "create listener" -> {
        var balancer = scene.get(LoadBalancer.class, name);
        yield Listeners.moved(
            Listeners.create(world, balancer, read(body, ListenerRequest.class)), balancer);
      }
      case "update listener" -> {
        var listener = scene.get(Listener.class, name);
        var balancer = scene.get(LoadBalancer.class, listener.getSpec().loadBalancerRef().name());
        yield Listeners.update(world, balancer, listener, read(body, ListenerRequest.class));
      }
      case "create target-group" ->
          TargetGroups.create(world, read(body, TargetGroupRequest.class));
      case "update target-group" ->
          TargetGroups.update(
              world, scene.get(TargetGroup.class, name), read(body, TargetGroupRequest.class));
      case "attach to" ->
          Attachments.attach(
              world, scene.get(TargetGroup.class, name), read(body, AttachRequest.class), NOW);
      case "replace attachments" ->
          Attachments.replace(
              world,
              scene.get(TargetGroup.class, name),
              read(body, AttachmentsRequest.class).attachments(),
              NOW);
      case "create security-group" ->
          SecurityGroups.create(world, read(body, SecurityGroupRequest.class));
      case "update security-group" ->
          SecurityGroups.update(
              scene.get(SecurityGroup.class, name), read(body, SecurityGroupRequest.class));
      case "ingress of" ->
          SecurityGroups.ingress(
              scene.get(SecurityGroup.class, name), read(body, RulesRequest.class).rules());
      case "create vpc" -> Vpcs.create(world, read(body, VpcRequest.class));
      case "update vpc" ->
          Vpcs.update(scene.get(Namespace.class, name), read(body, VpcRequest.class));
      case "create subnet" -> Subnets.create(world, read(body, SubnetRequest.class));
      case "create reserved-ip" ->
          ReservedIps.create(
              world, read(body, ReservedIpRequest.class), Set.of("203.0.113.1", "203.0.113.3"));
      case "update reserved-ip" ->
          ReservedIps.update(
              scene.get(AddressClaim.class, name), read(body, ReservedIpRequest.class));
      case "associate reserved-ip" ->
          Seating.associated(
              world,
              ReservedIps.target(world, read(body, AssociateRequest.class)),
              scene.get(AddressClaim.class, name));
      case "disassociate load-balancer" ->
          Seating.associated(world, scene.get(LoadBalancer.class, name), null);
      case "read reserved-ip" -> scene.get(AddressClaim.class, name);
      case "read load-balancer" -> scene.get(LoadBalancer.class, name);
      case "read listener" -> scene.get(Listener.class, name);
      case "read target-group" -> scene.get(TargetGroup.class, name);
      case "read security-group" -> scene.get(SecurityGroup.class, name);
      default -> throw new IllegalArgumentException(String.join(" ", what));
    };
  }

  private static <T> T read(JsonNode body, Class<T> type) throws JsonProcessingException {
    return JSON.treeToValue(body, type);
  }

  private static String answer(World world, HasMetadata object) throws JsonProcessingException {
    var view =
        switch (object) {
          case LoadBalancer it -> LoadBalancers.view(world, it);
          case Listener it -> Listeners.view(world, it);
          case TargetGroup it -> TargetGroups.view(world, it);
          case SecurityGroup it -> SecurityGroups.view(world, it);
          case Namespace it -> Vpcs.view(world, it);
          case AddressClaim it -> ReservedIps.view(world, it);
          case Subnet it -> Subnets.view(world, Subnets.seat(world, it));
          default -> throw new IllegalArgumentException(object.getKind());
        };
    return JSON.writeValueAsString(view) + "\n";
  }

  /** Without what only servers write. */
  private static String yaml(HasMetadata object) throws IOException {
    var tree = (ObjectNode) Serialization.yamlMapper().readTree(Serialization.asYaml(object));
    tree.remove("status");
    ((ObjectNode) tree.get("metadata")).remove(List.of("uid", "creationTimestamp"));
    return Serialization.yamlMapper().writeValueAsString(tree).replaceFirst("^---\n", "");
  }

  private static void compare(Path golden, String actual) throws IOException {
    if (UPDATE) {
      Files.writeString(golden, actual);
    }
    assertThat(actual)
        .as(golden.toString())
        .isEqualTo(Files.exists(golden) ? Files.readString(golden) : "");
  }
}
