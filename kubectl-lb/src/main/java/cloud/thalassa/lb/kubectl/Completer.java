package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.kubectl.cluster.Connection;
import cloud.thalassa.lb.kubectl.cluster.Failure;
import cloud.thalassa.lb.kubectl.cluster.Objects;
import cloud.thalassa.lb.kubectl.complete.Completion;
import cloud.thalassa.lb.kubectl.complete.Completion.Known;
import cloud.thalassa.lb.kubectl.complete.Grammar;
import cloud.thalassa.lb.kubectl.complete.Line;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;

/** What kubectl_complete-lb asks: what may stand in the place of the last word. */
final class Completer {
  /** The first word of the question. */
  static final String COMMAND = "__complete";

  private Completer() {}

  static Completion of(CommandLine commandLine, List<String> words) {
    var grammar = Grammar.of(commandLine);
    var line = Line.of(grammar, words);
    return Completion.of(
        grammar,
        line,
        new Known(
            asked(line, it -> names(new Objects(it).list(LoadBalancer.class, it.namespace()))),
            asked(line, Completer::doors),
            asked(line, it -> names(new Objects(it).list(Namespace.class, null))),
            asked(line, Connection::contexts)));
  }

  /** Whoever completes a word wants no complaints. */
  private static Supplier<List<String>> asked(
      Line line, Function<Connection, List<String>> question) {
    return () -> {
      try (var connection =
          Connection.open(
              line.value("--kubeconfig").map(Path::of).orElse(null),
              line.value("--context").orElse(null),
              line.value("-n", "--namespace").orElse(null))) {
        return question.apply(connection);
      } catch (Failure | KubernetesClientException e) {
        return List.of();
      }
    };
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(it -> it.getMetadata().getName()).toList();
  }

  private static List<String> doors(Connection connection) {
    return new Objects(connection)
        .list(Listener.class, connection.namespace()).stream()
            .map(Listener::getSpec)
            .map(
                it ->
                    "%s:%d/%s"
                        .formatted(
                            it.loadBalancerRef().name(),
                            it.port(),
                            it.protocol().name().toLowerCase(Locale.ROOT)))
            .toList();
  }
}
