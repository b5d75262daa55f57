package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.cluster.Node;
import cloud.thalassa.lb.traffic.Load;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node with a replica, and whatever else runs there, does not answer any more. Nothing tells
 * Kubernetes; it needs ten seconds to notice, and as many to let the pods go.
 */
class LostNodeTest {
  private static final Duration CONSEQUENCES = Duration.ofSeconds(9);
  private static final Load.Plan LOAD = Parameters.LOAD.living(Duration.ofSeconds(20));

  private final Scene scene = Scene.get();

  /** How a node is lost. */
  enum Loss {
    FROZEN("04-frozen", "a node frozen (SIGSTOP of all its processes)", Node::freeze),
    CUT_OFF("05-cut-off", "a node cut off the network", Node::partition),
    POWER("06-zone", "a zone of three lost (power cut of its node)", Node::cutPower);

    final String row;
    final String words;
    final Consumer<Node> happens;

    Loss(String row, String words, Consumer<Node> happens) {
      this.row = row;
      this.words = words;
      this.happens = happens;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOthersServe(Loss loss) {
    Parameters.assumeWanted(loss.row);
    var address = scene.address();
    try (var trial = scene.trial(loss.row, LOAD)) {
      for (var i = 0; i < Parameters.LOSSES; i++) {
        var victim = scene.inRotation().get(i % Scene.REPLICAS);
        var node = scene.cluster.node(victim.node());
        var lost = new HashSet<>(scene.targetsByNode().getOrDefault(victim.node(), List.of()));
        lost.add(victim.address());
        try {
          trial.event(lost, CONSEQUENCES, () -> loss.happens.accept(node));
        } finally {
          node.repair();
        }
        scene.awaitCalm();
      }
      for (var figure : Table.publish(loss.row, loss.words, trial.end(), "")) {
        assertThat(figure.p99()).as("until all new connections are served, in ms").isLessThan(3000);
        assertThat(figure.cutOthers()).as("other connections that were cut").isZero();
      }
      assertThat(scene.address()).isEqualTo(address);
    }
  }
}
