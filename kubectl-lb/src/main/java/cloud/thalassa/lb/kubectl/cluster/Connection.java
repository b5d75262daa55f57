package cloud.thalassa.lb.kubectl.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, and the namespace in which somebody works there.
 *
 * @param contexts of the kubeconfig, by name
 */
public record Connection(KubernetesClient client, String namespace, List<String> contexts)
    implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 20_000;

  /**
   * As kubectl finds it; asks nothing yet.
   *
   * @throws Failure what was given does not exist
   */
  public static Connection open(
      @Nullable Path kubeconfig, @Nullable String context, @Nullable String namespace) {
    if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
      throw new Failure("the kubeconfig " + kubeconfig + " cannot be read");
    }
    var known = Kubeconfig.find(kubeconfig);
    var plain = known == null ? null : known.plain(context);
    var found = plain == null ? any(kubeconfig, context) : plain;
    var config =
        new ConfigBuilder(found)
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestTimeout(REQUEST_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    var home = namespace == null ? found.getNamespace() : namespace;
    return new Connection(
        new KubernetesClientBuilder().withConfig(config).build(),
        Objects.requireNonNullElse(home, "default"),
        known == null
            ? found.getContexts().stream().map(NamedContext::getName).toList()
            : known.contexts());
  }

  private static Config any(@Nullable Path kubeconfig, @Nullable String context) {
    if (kubeconfig != null) {
      System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, kubeconfig.toString());
    }
    var found = Config.autoConfigure(context);
    var current = found.getCurrentContext();
    if (context != null && (current == null || !context.equals(current.getName()))) {
      throw new Failure("the kubeconfig has no context named " + context);
    }
    if (current == null && found.getAutoOAuthToken() == null && found.getOauthToken() == null) {
      throw new Failure("no cluster is configured: set KUBECONFIG, or give --kubeconfig FILE");
    }
    return found;
  }

  @Override
  public void close() {
    client.close();
  }
}
