package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.dataplane.drain.Farewell;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configuration after every check. */
record Settings(Mode mode, EngineChoice engine, Duration drainDeadline, FlowLogSettings flowLog) {
  static final Pattern LOAD_BALANCER =
      Pattern.compile("([a-z0-9]([-a-z0-9]*[a-z0-9])?)/([a-z0-9]([-.a-z0-9]*[a-z0-9])?)");

  /** Where the documents are. */
  sealed interface Mode {
    /** Beside one process nobody serves its clients: it does not wait for them to go elsewhere. */
    default Farewell farewell() {
      return switch (this) {
        case Directory _ -> Farewell.NONE;
        case Cluster _ -> Farewell.OF_A_CLUSTER;
      };
    }

    record Directory(Path path) implements Mode {}

    record Cluster(
        String namespace, String name, String pod, @Nullable String podUid, @Nullable Path cache)
        implements Mode {}
  }

  /**
   * @throws StartupFailure something in it cannot be
   */
  static Settings of(DataplaneConfig config) {
    var engine = EngineChoice.of(config.engine());
    if (config.drainDeadline().isNegative()) {
      throw new StartupFailure("thalassa.drain-deadline must not be negative");
    }
    return new Settings(mode(config), engine, config.drainDeadline(), FlowLogSettings.of(config));
  }

  private static Mode mode(DataplaneConfig config) {
    var name = config.loadBalancer();
    if (config.directory().isPresent()) {
      if (name.isPresent()) {
        throw new StartupFailure(
            "thalassa.load-balancer does not go with thalassa.directory: a directory is served"
                + " whole");
      }
      return new Mode.Directory(existing(config.directory().get()));
    }
    if (name.isEmpty()) {
      throw new StartupFailure(
          "Neither thalassa.load-balancer (namespace/name, in a cluster) nor thalassa.directory is"
              + " set: one of them says what to serve");
    }
    var parts = LOAD_BALANCER.matcher(name.get());
    if (!parts.matches()) {
      throw new StartupFailure(
          "thalassa.load-balancer '%s' must be the namespace and name of a LoadBalancer, as in shop/web"
              .formatted(name.get()));
    }
    return new Mode.Cluster(
        parts.group(1),
        parts.group(3),
        config.instance(),
        config.podUid().orElse(null),
        cache(config.cache()));
  }

  private static @Nullable Path cache(Optional<String> cache) {
    return cache.map(Settings::existing).orElse(null);
  }

  private static Path existing(String directory) {
    try {
      var path = Path.of(directory);
      if (Files.isDirectory(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // the sentence below says it
    }
    throw new StartupFailure(
        "'%s' is not a directory: create it, or name another".formatted(directory));
  }
}
