package cloud.thalassa.lb.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.dataplane.Settings.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void serveADirectory() {
    assertThat(Settings.of(new Given(Map.of("directory", directory.toString()))).mode())
        .isEqualTo(new Mode.Directory(directory));
  }

  @Test
  void serveALoadBalancerOfACluster() {
    var given = Map.of("load-balancer", "shop/web", "cache", directory.toString(), "uid", "u1");

    assertThat(Settings.of(new Given(given)).mode())
        .isEqualTo(new Mode.Cluster("shop", "web", "pod-1", "u1", directory));
  }

  @Test
  void namesItsEngine() {
    for (var choice : EngineChoice.values()) {
      var given = Map.of("directory", "/", "engine", choice.name().toLowerCase(Locale.ROOT));
      assertThat(Settings.of(new Given(given)).engine()).isEqualTo(choice);
    }
  }

  @Test
  void writeAFlowLogWhereItIsAskedFor() {
    var file = directory.resolve("flows.log");
    assertThat(flowLog(Map.of())).isEqualTo(FlowLogSettings.Off.OFF);
    assertThat(flowLog(Map.of("flow-log", file.toString())))
        .isEqualTo(new FlowLogSettings.ToFile(file, 1));
    assertThat(flowLog(Map.of("flow-log", "-", "flow-log-sample", "0.25")))
        .isEqualTo(new FlowLogSettings.StandardOutput(0.25));
  }

  private static FlowLogSettings flowLog(Map<String, String> more) {
    var given = new HashMap<>(more);
    given.put("directory", "/");
    return Settings.of(new Given(given)).flowLog();
  }

  @Test
  void refuseWhatCannotBeInASentence() {
    refused("one of them says what to serve", Map.of());
    refused("as in shop/web", Map.of("load-balancer", "web"));
    refused("as in shop/web", Map.of("load-balancer", "shop/web/x"));
    refused("as in shop/web", Map.of("load-balancer", "Shop/web"));
    refused("'/does/not/exist' is not a directory", Map.of("directory", "/does/not/exist"));
    refused(
        "'/does/not/exist' is not a directory",
        Map.of("load-balancer", "a/b", "cache", "/does/not/exist"));
    refused("a directory is served whole", Map.of("directory", "/", "load-balancer", "a/b"));
    refused("use auto, vertx or epoll", Map.of("directory", "/", "engine", "uring"));
    refused(
        "'2' must be a number from 0 to 1",
        Map.of("directory", "/", "flow-log", "-", "flow-log-sample", "2"));
    refused(
        "'NaN' must be a number from 0 to 1",
        Map.of("directory", "/", "flow-log", "-", "flow-log-sample", "NaN"));
    refused(
        "'half' must be a number from 0 to 1",
        Map.of("directory", "/", "flow-log", "-", "flow-log-sample", "half"));
    refused("samples nothing: set both", Map.of("directory", "/", "flow-log-sample", "0.5"));
    refused(
        "'/does/not/exist.log' cannot be written: its directory does not exist",
        Map.of("directory", "/", "flow-log", "/does/not/exist.log"));
    refused("it is a directory; name a file in it", Map.of("directory", "/", "flow-log", "/tmp"));
    refused("is not the name of a file", Map.of("directory", "/", "flow-log", "a\u0000b"));
    refused("must not be negative", Map.of("directory", "/", "drain", "PT-1S"));
  }

  private static void refused(String sentence, Map<String, String> given) {
    assertThatThrownBy(() -> Settings.of(new Given(given)))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining(sentence);
  }

  private record Given(Map<String, String> values) implements DataplaneConfig {
    @Override
    public Optional<String> directory() {
      return Optional.ofNullable(values.get("directory"));
    }

    @Override
    public Optional<String> loadBalancer() {
      return Optional.ofNullable(values.get("load-balancer"));
    }

    @Override
    public String instance() {
      return "pod-1";
    }

    @Override
    public Optional<String> podUid() {
      return Optional.ofNullable(values.get("uid"));
    }

    @Override
    public String engine() {
      return values.getOrDefault("engine", "auto");
    }

    @Override
    public Duration drainDeadline() {
      return Duration.parse(values.getOrDefault("drain", "PT300S"));
    }

    @Override
    public Optional<String> flowLog() {
      return Optional.ofNullable(values.get("flow-log"));
    }

    @Override
    public Optional<String> flowLogSample() {
      return Optional.ofNullable(values.get("flow-log-sample"));
    }

    @Override
    public Optional<String> cache() {
      return Optional.ofNullable(values.get("cache"));
    }
  }
}
