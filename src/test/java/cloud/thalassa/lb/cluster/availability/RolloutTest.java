package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.traffic.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replicas come and go because somebody wants it: nobody notices. */
class RolloutTest {
  /** Every connection ends by itself well before the drain deadline. */
  private static final Load.Plan LOAD = Parameters.LOAD.living(Duration.ofSeconds(16));

  private static final Duration AFTERWARDS = Duration.ofSeconds(3);

  private final Scene scene = Scene.get();

  @Test
  void aRollingUpgradeOfTheDataplane() {
    measure(
        "02a-upgrade",
        "rolling upgrade of the dataplane",
        () -> {
          var before = scene.inRotation();
          // another pod template, as a new image would be
          var memory = 200 + Instant.now().getEpochSecond() % 50;
          scene.patch(
              "loadbalancer",
              "web",
              """
              {"spec": {"dataplane": {"resources": {"requests": {"memory": "%dMi"}}}}}
              """
                  .formatted(memory));
          scene.awaitOthers(before);
          scene.awaitCalm();
        });
  }

  @Test
  void aNodeIsDrained() {
    var node = scene.inRotation().getFirst().node();
    try {
      measure(
          "02b-drain",
          "kubectl drain of a replica's node",
          () ->
              scene.cluster.kubectl(
                  "drain", node, "--ignore-daemonsets", "--delete-emptydir-data"));
    } finally {
      scene.cluster.kubectl("uncordon", node);
    }
  }

  @Test
  void replicasAreAddedAndRemoved() {
    measure(
        "02c-replicas",
        "replicas 2 -> 5 -> 2",
        () -> {
          scene.patch("loadbalancer", "web", "{\"spec\": {\"replicas\": 5}}");
          scene.awaitInRotation(5);
          scene.patch("loadbalancer", "web", "{\"spec\": {\"replicas\": 2}}");
          scene.awaitInRotation(Scene.REPLICAS);
          scene.awaitCalm();
        });
  }

  private void measure(String row, String words, Runnable what) {
    Parameters.assumeWanted(row);
    try (var trial = scene.trial(row, LOAD)) {
      trial.event(Set.of(), AFTERWARDS, what);
      for (var figure : Table.publish(row, words, trial.end(), "")) {
        assertThat(figure.outcomes()).as("new connections that failed").isEmpty();
        assertThat(figure.cutOthers()).as("lasting connections that were cut").isZero();
      }
    }
  }
}
