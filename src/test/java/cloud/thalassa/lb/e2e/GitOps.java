package cloud.thalassa.lb.e2e;

import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/** What Argo CD and Flux make of objects, by their own code. */
final class GitOps {
  private static final Cluster CLUSTER = Cluster.get();

  private GitOps() {}

  /** Of an object as it is now, what kstatus says: the word, and why. */
  record Verdict(String status, String message) {}

  static Verdict kstatus(String namespace, String kind, String name) {
    var object = CLUSTER.kubectl("get", kind, name, "-n", namespace, "-o", "json");
    var words = run("status", object).strip().split("\t", -1);
    return new Verdict(words[1], words[2]);
  }

  /** What Argo CD shows OutOfSync of these objects, and how it compared them. */
  static List<String> outOfSync(List<ObjectNode> desired) {
    return run("diff", json(desired)).lines().filter(line -> line.contains("\t")).toList();
  }

  static String json(List<ObjectNode> objects) {
    return objects.stream().map(ObjectNode::toString).collect(Collectors.joining("\n"));
  }

  /** Objects as Argo CD has them from Git, every letter of them: in a namespace, with its marks. */
  static List<ObjectNode> tracked(String yaml, String namespace, String application) {
    var mapper = Serialization.yamlMapper();
    try (var documents =
        mapper.readerFor(ObjectNode.class).<ObjectNode>readValues(mapper.createParser(yaml))) {
      var objects = documents.readAll();
      objects.forEach(object -> mark(object, namespace, application));
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mark(ObjectNode object, String namespace, String application) {
    var metadata = object.withObject("metadata");
    metadata.put("namespace", namespace);
    metadata.withObject("labels").put("app.kubernetes.io/instance", application);
    var group = object.get("apiVersion").asText();
    metadata
        .withObject("annotations")
        .put(
            "argocd.argoproj.io/tracking-id",
            "%s:%s/%s:%s/%s"
                .formatted(
                    application,
                    group.contains("/") ? group.replaceFirst("/.*", "") : "",
                    object.get("kind").asText(),
                    namespace,
                    metadata.get("name").asText()));
  }

  private static String run(String command, String input) {
    try {
      var file = Files.createTempFile(KubeTools.target(), "gitops-", ".json");
      Files.writeString(file, input);
      var builder =
          new ProcessBuilder(KubeTools.REPOSITORY.resolve("bin/gitops").toString(), command)
              .redirectInput(file.toFile())
              .redirectErrorStream(true);
      builder.environment().put("KUBECONFIG", CLUSTER.api().kubeconfig().toString());
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("gitops " + command + ": " + output);
      }
      Files.delete(file);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
