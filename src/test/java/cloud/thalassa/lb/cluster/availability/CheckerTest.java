package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.cluster.Place;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.traffic.Load;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The health checker that is responsible for the targets is gone: what it found stays, and another
 * goes on.
 */
class CheckerTest {
  private static final Duration CONSEQUENCES = Duration.ofSeconds(8);

  private final Scene scene = Scene.get();

  /** How it goes. */
  enum End {
    KILLED("08a-checker-killed", "the responsible health checker killed with -9"),
    CUT_OFF("08b-checker-cut-off", "the responsible health checker cut off the network");

    final String row;
    final String words;

    End(String row, String words) {
      this.row = row;
      this.words = words;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherTakesOver(End end) throws IOException {
    Parameters.assumeWanted(end.row);
    var takeovers = new ArrayList<Duration>();
    try (var trial = scene.trial(end.row, Parameters.LOAD);
        var target = new Outsider()) {
      for (var i = 0; i < Parameters.LOSSES; i++) {
        var responsible = responsible(target);
        var cable = new Cable(scene.cluster, responsible);
        var process = scene.cluster.process(responsible);
        try {
          trial.event(
              Set.of(),
              CONSEQUENCES,
              () -> {
                var gone = Instant.now();
                if (end == End.KILLED) {
                  process.kill();
                } else {
                  cable.unplug();
                }
                target.join(scene);
                takeovers.add(awaitChecked(target.address(), gone));
              });
        } finally {
          cable.plug();
          target.leave(scene);
        }
        scene.awaitCalm();
      }
      var worst = takeovers.stream().max(Duration::compareTo).orElseThrow();
      var more = "Another checked a new target after at most %.1f s".formatted(seconds(worst));
      for (var figure : Table.publish(end.row, end.words, trial.end(), more)) {
        assertThat(figure.outcomes()).as("new connections that failed").isEmpty();
        assertThat(figure.cutOthers()).as("lasting connections that were cut").isZero();
      }
      assertThat(worst).as("until another has taken over").isLessThan(Duration.ofSeconds(5));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /** Who reports on the targets: a report that stays the same may be of somebody who is gone. */
  private Pod responsible(Outsider target) {
    target.join(scene);
    awaitChecked(target.address(), Instant.now());
    target.leave(scene);
    await("it is no target any more")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                reports().stream()
                    .flatMap(it -> it.getSpec().targets().stream())
                    .noneMatch(it -> it.address().equals(target.address())));
    var reporter = reports().getFirst().getSpec().reporter();
    return scene.installation.pods("healthchecker").stream()
        .filter(pod -> pod.getMetadata().getName().equals(reporter))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no health checker is called " + reporter));
  }

  private List<HealthReport> reports() {
    return scene
        .cluster
        .client()
        .resources(HealthReport.class)
        .inNamespace(scene.tenant.namespace())
        .withLabel("lb.thalassa.cloud/target-group", "web")
        .list()
        .getItems();
  }

  /** Until the target is found healthy; meanwhile none that was may be lost. */
  private Duration awaitChecked(String address, Instant since) {
    await(address + " is checked")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              var targets =
                  reports().stream().flatMap(it -> it.getSpec().targets().stream()).toList();
              var healthy =
                  targets.stream().filter(it -> it.state() == HealthState.HEALTHY).toList();
              assertThat(healthy).as("healthy targets").hasSizeGreaterThanOrEqualTo(3);
              return healthy.stream().anyMatch(it -> it.address().equals(address));
            });
    return Duration.between(since, Instant.now());
  }

  /** A target outside the nodes, which belongs to the group for a while. */
  private static final class Outsider implements AutoCloseable {
    private final Process process;

    Outsider() throws IOException {
      var command =
          Place.OUTSIDE.command(Load.program().toString(), "serve", "8080", "5353", "8081");
      process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    }

    String address() {
      return "10.89.0.7";
    }

    void join(Scene scene) {
      scene.patch(
          "targetgroup", "web", "{\"spec\": {\"targets\": [{\"address\": \"10.89.0.7\"}]}}");
    }

    void leave(Scene scene) {
      scene.patch("targetgroup", "web", "{\"spec\": {\"targets\": null}}");
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
