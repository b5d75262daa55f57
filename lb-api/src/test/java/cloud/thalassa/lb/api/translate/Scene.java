package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A world out of YAML, whose objects have uids after their names. */
final class Scene {
  static final Ref ORGANISATION = new Ref("o-acme", "Acme", "acme");
  static final Ref REGION = Regions.named("nl-01", "Netherlands");
  private static final Pattern IDENTITY =
      Pattern.compile("\\$\\{(\\w+)/([\\w.-]+)(?:/([\\w-]+))?}");

  private final List<HasMetadata> objects = new ArrayList<>();

  static Scene of(String yaml) {
    var scene = new Scene();
    var mapper = Serialization.yamlMapper();
    try {
      var parser = mapper.getFactory().createParser(yaml);
      for (var node : mapper.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll()) {
        if (node.isObject()) {
          var kind = kind(node.get("kind").asText());
          scene.add(Serialization.unmarshal(node.toString(), kind));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scene;
  }

  private static Class<? extends HasMetadata> kind(String name) {
    return switch (name) {
      case "LoadBalancer" -> LoadBalancer.class;
      case "Listener" -> Listener.class;
      case "TargetGroup" -> TargetGroup.class;
      case "SecurityGroup" -> SecurityGroup.class;
      case "Subnet" -> Subnet.class;
      case "AddressClaim" -> AddressClaim.class;
      case "Namespace" -> Namespace.class;
      case "Node" -> Node.class;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** As a server would store it. */
  <T extends HasMetadata> T add(T object) {
    var metadata = object.getMetadata();
    if (metadata.getUid() == null) {
      metadata.setUid(object.getKind() + "-" + metadata.getName());
    }
    if (metadata.getCreationTimestamp() == null) {
      metadata.setCreationTimestamp("2026-01-01T00:00:%02dZ".formatted(objects.size()));
    }
    objects.removeIf(it -> it.getMetadata().getUid().equals(metadata.getUid()));
    objects.add(object);
    return object;
  }

  World world() {
    return new World(
        ORGANISATION,
        REGION,
        all(Namespace.class),
        all(Subnet.class),
        new World.Objects(
            all(LoadBalancer.class),
            all(Listener.class),
            all(TargetGroup.class),
            all(SecurityGroup.class),
            all(AddressClaim.class),
            all(Node.class)));
  }

  private <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends HasMetadata> T get(Class<T> kind, String name) {
    return all(kind).stream()
        .filter(it -> it.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** With identities in the place of {@code ${KIND/NAME}} and {@code ${subnet/VPC/NAME}}. */
  String filled(String json) {
    return IDENTITY
        .matcher(json)
        .replaceAll(found -> identity(found.group(1), found.group(2), found.group(3)));
  }

  private String identity(String kind, String name, String second) {
    return kind.equals("subnet")
        ? world().seat(get(Namespace.class, name), second).identity()
        : Identity.of(get(kind(kind), name));
  }
}
