package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.traffic.Load;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The process of a replica is gone, without a word to anybody. */
class KilledReplicaTest {
  private static final Duration CONSEQUENCES = Duration.ofSeconds(4);

  /** A replica that has just started takes both cores for its compiler. */
  private static final Duration UNTIL_WARM = Duration.ofSeconds(12);

  /** Short enough that a replaced pod has not to be waited for. */
  private static final Load.Plan LOAD = Parameters.LOAD.living(Duration.ofSeconds(20));

  private final Scene scene = Scene.get();

  @Test
  void theOthersServe() {
    Parameters.assumeWanted("03-killed");
    try (var trial = scene.trial("03-killed", LOAD)) {
      for (var i = 0; i < Parameters.KILLS; i++) {
        var victim = scene.inRotation().get(i % Scene.REPLICAS);
        var process = scene.process(victim);
        trial.event(Set.of(victim.address()), CONSEQUENCES, process::kill);
        scene.replace(victim); // kubelet restarts a container that died again only after a while
        trial.run(UNTIL_WARM);
      }
      var words = "a replica's process killed with -9";
      for (var figure : Table.publish("03-killed", words, trial.end(), "")) {
        assertThat(figure.p99()).as("until all new connections are served, in ms").isLessThan(1000);
        assertThat(figure.cutOthers()).as("connections of other replicas that were cut").isZero();
      }
    }
  }
}
