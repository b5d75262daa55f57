package cloud.thalassa.lb.k8s;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The objects that Kustomize and Helm make of what we ship, by kind and name. */
record Manifests(Map<String, JsonNode> objects) {
  static final String CHART = "k8s/chart";
  private static final List<String> LABELS_OF_HELM =
      List.of("helm.sh/chart", "app.kubernetes.io/managed-by", "app.kubernetes.io/version");

  private static final Pattern EXPONENTIAL = Pattern.compile("\\d\\.\\d+E\\d+");

  static Manifests kustomize(String directory) {
    var command = List.of(KubeTools.kubectl().toString(), "kustomize", directory);
    return parse(Run.of(Map.of(), command).succeeded());
  }

  /** With the kinds, as release {@code thalassa-lb} in {@code thalassa-system}. */
  static Manifests helm(String... options) {
    var arguments = new ArrayList<>(List.of("--include-crds", "--namespace", "thalassa-system"));
    arguments.addAll(List.of(options));
    return parse(template(CHART, arguments).succeeded());
  }

  static Run template(String chart, List<String> options) {
    var arguments = new ArrayList<>(List.of("template", "thalassa-lb", chart));
    arguments.addAll(options);
    return runHelm(Map.of(), arguments);
  }

  static Run runHelm(Map<String, String> environment, List<String> arguments) {
    var command = new ArrayList<>(List.of(KubeTools.REPOSITORY.resolve("bin/helm").toString()));
    command.addAll(arguments);
    return Run.of(environment, command);
  }

  private static Manifests parse(String yaml) {
    var objects = new TreeMap<String, JsonNode>();
    var mapper = Serialization.yamlMapper();
    try (var documents =
        mapper.readerFor(JsonNode.class).<JsonNode>readValues(mapper.createParser(yaml))) {
      for (var document : documents.readAll()) {
        if (!(document instanceof ObjectNode object)) {
          continue; // a comment alone
        }
        if (object.path("metadata").path("labels") instanceof ObjectNode labels) {
          labels.remove(LABELS_OF_HELM);
        }
        var id = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
        if (objects.put(id, comparable(object)) != null) {
          throw new AssertionError(id + " is there twice");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(yaml, e);
    }
    return new Manifests(objects);
  }

  /** With every number in one form: the generated kinds say 65535.0 and 1.0E8. */
  private static JsonNode comparable(JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          object.properties().forEach(it -> it.setValue(comparable(it.getValue())));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, comparable(array.get(i)));
        }
      }
      default -> {
        if (node.isNumber() || EXPONENTIAL.matcher(node.asText()).matches()) {
          return DecimalNode.valueOf(new BigDecimal(node.asText()).stripTrailingZeros());
        }
      }
    }
    return node;
  }

  JsonNode get(String kindAndName) {
    var object = objects.get(kindAndName);
    if (object == null) {
      throw new AssertionError("no " + kindAndName + " among " + objects.keySet());
    }
    return object;
  }

  /** Of a Deployment. */
  JsonNode pod(String deployment) {
    return get("Deployment " + deployment).at("/spec/template/spec");
  }

  /** A variable of the first container of a Deployment. */
  String variable(String deployment, String name) {
    for (var variable : pod(deployment).at("/containers/0/env")) {
      if (variable.get("name").asText().equals(name)) {
        return variable.get("value").asText();
      }
    }
    throw new AssertionError(deployment + " has no " + name);
  }
}
