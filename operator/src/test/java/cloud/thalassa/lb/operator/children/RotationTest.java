package cloud.thalassa.lb.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RotationTest {
  @Test
  void whoServesIsIn() {
    assertThat(rotation(Draft.of("a"), Draft.of("b"))).containsExactly("a", "b");
  }

  @Test
  void whoIsLeavingOrSilentIsNot() {
    assertThat(
            rotation(
                Draft.of("draining").phase(Phase.DRAINING),
                Draft.of("silent").phase(null),
                Draft.of("terminating").leaving(),
                Draft.of("finished").ended(),
                Draft.of("serving")))
        .containsExactly("serving");
  }

  @Test
  void aNewcomerEntersWithTheNewestRevisionAndNotBefore() {
    var old = Draft.of("old").serving("r1");
    var newcomer = Draft.of("new").outside();
    assertThat(rotation("r3", old, newcomer.serving("r2"))).containsExactly("old");
    assertThat(rotation("r3", old, newcomer.serving("r3"))).containsExactly("old", "new");
  }

  @Test
  void aNewcomerEntersWithWhatTheOthersServeSoThatConstantChangeDoesNotKeepItOut() {
    assertThat(
            rotation("r3", Draft.of("old").serving("r2"), Draft.of("new").outside().serving("r2")))
        .containsExactly("old", "new");
  }

  @Test
  void aNewcomerThatIsNotReadyWaits() {
    assertThat(rotation(Draft.of("old"), Draft.of("new").outside().notReady()))
        .containsExactly("old");
  }

  @Test
  void whoIsInStaysWhileItTakesTheNextRevision() {
    assertThat(rotation("r2", Draft.of("quick").serving("r2"), Draft.of("slow").serving("r1")))
        .containsExactly("quick", "slow");
  }

  @Test
  void theFirstReplicaEntersWhateverItServes() {
    assertThat(rotation("r2", Draft.of("first").outside().serving("r1"))).containsExactly("first");
  }

  @Test
  void whoIsDeadOrMissesItsProbesLeaves() {
    assertThat(rotation(Draft.of("dead").died(), Draft.of("b"))).containsExactly("b");
    assertThat(rotation(Draft.of("unready").notReady(), Draft.of("b"))).containsExactly("b");
  }

  @Test
  void theLastOneNeverLeaves() {
    assertThat(rotation(Draft.of("a").died())).containsExactly("a");
    assertThat(rotation(Draft.of("a").died(), Draft.of("b").died())).containsExactly("a", "b");
    assertThat(rotation(Draft.of("a").notReady(), Draft.of("b").died())).containsExactly("a");
    assertThat(rotation(Draft.of("a").died().notReady())).containsExactly("a");
  }

  @Test
  void whereAllAreDeadTheKubeletsAreBelieved() {
    assertThat(rotation(Draft.of("starting").died().notReady(), Draft.of("b").died()))
        .containsExactly("b");
  }

  @Test
  void whoWasOutAlreadyIsNoLastResortBesideOneThatIsIn() {
    var gone = Draft.of("gone").phase(Phase.DRAINING).outside();
    assertThat(rotation(gone, Draft.of("last").leaving())).containsExactly("last");
    assertThat(rotation(gone)).containsExactly("gone");
  }

  @Test
  void whoIsLeavingStaysUntilThereIsAnother() {
    var leaving = Draft.of("leaving").leaving();
    assertThat(rotation(leaving)).containsExactly("leaving");
    assertThat(rotation(leaving, Draft.of("starting").phase(null))).containsExactly("leaving");
    assertThat(rotation(leaving.phase(Phase.DRAINING))).containsExactly("leaving");
    assertThat(rotation(leaving.phase(Phase.CLOSED))).isEmpty();
    assertThat(rotation(leaving, Draft.of("next").outside())).containsExactly("next");
  }

  private static List<String> rotation(Draft... replicas) {
    return rotation("r1", replicas);
  }

  private static List<String> rotation(String revision, Draft... replicas) {
    return Rotation.of(Stream.of(replicas).map(Draft::make).toList(), revision).stream()
        .map(replica -> replica.pod().name())
        .toList();
  }
}
