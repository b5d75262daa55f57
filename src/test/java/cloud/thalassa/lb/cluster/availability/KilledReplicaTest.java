package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.traffic.Load;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The process of a replica is gone, without a word to anybody. */
class KilledReplicaTest {
  private static final Duration CONSEQUENCES = Duration.ofSeconds(4);

  /** A replica that has just started takes both cores for its compiler. */
  private static final Duration UNTIL_WARM = Duration.ofSeconds(12);

  /** Short enough that a replaced pod has not to be waited for. */
  private static final Load.Plan LOAD = Parameters.LOAD.living(Duration.ofSeconds(20));

  private final Scene scene = Scene.get();

  @ParameterizedTest
  @MethodSource(Parameters.EACH_SYNC_PERIOD)
  void theOthersServe(String sync) {
    Parameters.assumeWanted("03-killed");
    try (var trial = scene.trial("03-killed", sync, LOAD)) {
      for (var i = 0; i < Parameters.KILLS; i++) {
        var victim = scene.inRotation().get(i % Scene.REPLICAS);
        var process = scene.process(victim);
        trial.event(Set.of(victim.address()), CONSEQUENCES, process::kill);
        scene.replace(victim); // kubelet restarts a container that died again only after a while
        trial.run(UNTIL_WARM);
      }
      var figure =
          Figure.of("03-killed", "a replica's process killed with -9", sync, trial.end(), "");
      Table.publish(figure);
      assertThat(figure.p99()).as("until all new connections are served, in ms").isLessThan(1000);
      assertThat(figure.cutOthers()).as("connections of other replicas that were cut").isZero();
    }
  }
}
