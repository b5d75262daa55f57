package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.dataplane.follow.FirstLook;
import cloud.thalassa.lb.dataplane.relay.epoll.EpollEngine;
import cloud.thalassa.lb.dataplane.table.Documents;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a start needs at its end, done on other threads while Quarkus begins. Whoever needs it does
 * what is not done yet, and says what is wrong.
 */
final class Ahead {
  private static final CompletableFuture<Optional<Documents>> documents = new CompletableFuture<>();

  private Ahead() {}

  static void begin() {
    start("system-calls", EpollEngine::prepare); // logs nothing
    // two threads that are the first to log wait for each other's half of the log manager for ever
    var _ = Logger.getLogger(Ahead.class);
    var _ = documents.completeAsync(Ahead::look, task -> start("first-look", task));
  }

  /** In a cluster: what the API server said before anybody followed it; ends in some seconds. */
  static CompletableFuture<Optional<Documents>> documents() {
    return documents;
  }

  private static void start(String name, Runnable task) {
    Thread.ofPlatform().daemon().name(name).start(task);
  }

  private static Optional<Documents> look() {
    var name = setting("load-balancer");
    if (name == null || setting("directory") != null || clientIsConfigured()) {
      return Optional.empty();
    }
    var parts = Settings.LOAD_BALANCER.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    start("readers", FirstLook::prepare);
    return new FirstLook(parts.group(1), parts.group(3)).look();
  }

  /** The configuration is not read yet: only where people put it in a cluster. */
  private static @Nullable String setting(String name) {
    return System.getProperty(
        "thalassa." + name,
        System.getenv("THALASSA_" + name.replace('-', '_').toUpperCase(Locale.ROOT)));
  }

  /** Then the server may be another one than the pod's or the kubeconfig's. */
  private static boolean clientIsConfigured() {
    return Stream.concat(
            System.getenv().keySet().stream(),
            System.getProperties().stringPropertyNames().stream())
        // few are left for the pattern, which takes long while nothing is compiled
        .filter(it -> it.regionMatches(true, 0, "quarkus", 0, 7))
        .map(it -> it.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "."))
        .anyMatch(it -> it.startsWith("quarkus.kubernetes.client."));
  }
}
