package cloud.thalassa.lb.kubectl.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A kubeconfig that says nothing special. The client's own reader knows everything, and takes half
 * of the time in which a command is answered.
 *
 * @param file against which its paths are relative
 */
record Kubeconfig(Path file, Map<?, ?> root) {
  private static final Set<String> OF_CLUSTERS =
      Set.of(
          "server",
          "certificate-authority",
          "certificate-authority-data",
          "insecure-skip-tls-verify",
          "extensions");

  private static final Set<String> OF_USERS =
      Set.of(
          "token",
          "client-certificate",
          "client-certificate-data",
          "client-key",
          "client-key-data",
          "username",
          "password",
          "extensions");

  private static final List<String> PROXIES =
      List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");

  /**
   * Where kubectl would look; null: there is none, or there are several.
   *
   * @param given by the user
   */
  static @Nullable Kubeconfig find(@Nullable Path given) {
    var named = System.getenv("KUBECONFIG");
    var file =
        given != null
            ? given
            : named == null || named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".kube", "config")
                : Path.of(named);
    boolean several = given == null && named != null && named.contains(File.pathSeparator);
    return several || !Files.isReadable(file) ? null : read(file);
  }

  private static @Nullable Kubeconfig read(Path file) {
    try {
      var root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return root instanceof Map<?, ?> map ? new Kubeconfig(file, map) : null;
    } catch (IOException | YamlEngineException e) {
      return null; // the other reader says what is wrong
    }
  }

  /** Names of contexts. */
  List<String> contexts() {
    return root.get("contexts") instanceof List<?> list
        ? list.stream()
            .filter(it -> it instanceof Map<?, ?> map && map.get("name") instanceof String)
            .map(it -> String.valueOf(((Map<?, ?>) it).get("name")))
            .toList()
        : List.of();
  }

  /**
   * Null: there is something in it that the client's own reader must see to, such as a program that
   * gives credentials.
   *
   * @param context null: the current one
   */
  @Nullable Config plain(@Nullable String context) {
    var chosen =
        entry("contexts", context == null ? root.get("current-context") : context, "context");
    var cluster = chosen == null ? null : entry("clusters", chosen.get("cluster"), "cluster");
    var user = chosen == null ? null : entry("users", chosen.get("user"), "user");
    if (chosen == null
        || cluster == null
        || user == null
        || !OF_CLUSTERS.containsAll(cluster.keySet())
        || !OF_USERS.containsAll(user.keySet())
        || PROXIES.stream().anyMatch(it -> System.getenv(it) != null)) {
      return null;
    }
    var keyFile = path(user, "client-key");
    var keyData = text(user, "client-key-data");
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(text(cluster, "server"))
        .withTrustCerts(Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify")))
        .withCaCertFile(path(cluster, "certificate-authority"))
        .withCaCertData(text(cluster, "certificate-authority-data"))
        .withOauthToken(text(user, "token"))
        .withClientCertFile(path(user, "client-certificate"))
        .withClientCertData(text(user, "client-certificate-data"))
        .withClientKeyFile(keyFile)
        .withClientKeyData(keyData)
        .withClientKeyAlgo(Config.getKeyAlgorithm(keyFile, keyData))
        .withUsername(text(user, "username"))
        .withPassword(text(user, "password"))
        .withNamespace(text(chosen, "namespace"))
        .build();
  }

  private @Nullable Map<?, ?> entry(String list, @Nullable Object name, String what) {
    if (name == null || !(root.get(list) instanceof List<?> entries)) {
      return null;
    }
    for (var entry : entries) {
      if (entry instanceof Map<?, ?> map
          && name.equals(map.get("name"))
          && map.get(what) instanceof Map<?, ?> value) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String text(Map<?, ?> map, String key) {
    var value = map.get(key);
    return value == null ? null : value.toString();
  }

  private @Nullable String path(Map<?, ?> map, String key) {
    var value = text(map, key);
    return value == null ? null : file.toAbsolutePath().resolveSibling(value).toString();
  }
}
