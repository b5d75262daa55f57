package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.kubectl.cluster.Connection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to look; as kubectl has it. */
final class Place {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Instead of that of the context.")
  @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Of the kubeconfig, instead of the current one.")
  @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Instead of KUBECONFIG and ~/.kube/config.")
  @Nullable Path kubeconfig;

  Connection connect() {
    return Connection.open(kubeconfig, context, namespace);
  }
}
