package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What serves nobody directly is away: traffic goes on, and so does a container that restarts. */
class OutageTest {
  /** A container's restart, and what kubelet and the dataplane need for it. */
  private static final Duration RESTART = Duration.ofSeconds(15);

  private static final Duration AFTERWARDS = Duration.ofSeconds(10);
  private static final int PORT = 81;

  private final Scene scene = Scene.get();

  /** Who is away. */
  enum Absent {
    OPERATOR("07a-operator", "operator", List.of("operator"), false),
    HEALTH_CHECKERS("07b-health-checkers", "health checkers", List.of("healthchecker"), false),
    API_SERVER("07c-api-server", "API server", List.of(), true),
    ALL(
        "07d-all",
        "operator, health checkers and API server",
        List.of("operator", "healthchecker"),
        true);

    final String row;
    final String words;
    final List<String> components;
    final boolean apiServer;

    Absent(String row, String words, List<String> components, boolean apiServer) {
      this.row = row;
      this.words = words;
      this.components = components;
      this.apiServer = apiServer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void trafficDoesNotNotice(Absent who) {
    Parameters.assumeWanted(who.row);
    var half = Parameters.OUTAGE.dividedBy(2);
    scene.refresh();
    try (var trial = scene.trial(who.row, Parameters.LOAD)) {
      var victim = scene.inRotation().getFirst();
      var process = scene.process(victim);
      trial.event(Set.of(), half, () -> leave(who));
      trial.event(Set.of(victim.address()), RESTART, process::kill);
      trial.event(Set.of(), half, () -> {});
      var returned = new Instant[1];
      var converged = new Instant[1];
      var proxied = new Instant[1];
      trial.event(
          Set.of(),
          AFTERWARDS,
          () -> {
            comeBack(who);
            scene.addListener("more", PORT);
            who.components.forEach(scene.installation::awaitStarted);
            returned[0] = Instant.now();
            scene.awaitServedByReplicas(PORT);
            converged[0] = Instant.now();
            scene.awaitServed(PORT); // kube-proxy looks for an API server that was away more rarely
            proxied[0] = Instant.now();
          });
      var ended = trial.end();
      var convergence = Duration.between(returned[0], converged[0]);
      var again =
          ended.stream()
              .map(it -> it.servedAgainBy(victim.address(), it.events().get(1).at()))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      var more =
          "A container killed meanwhile served again after %.1f s; a change was served by all replicas %.1f s after the return, where kube-proxy leads %.1f s after it"
              .formatted(
                  again.toMillis() / 1e3,
                  convergence.toMillis() / 1e3,
                  Duration.between(returned[0], proxied[0]).toMillis() / 1e3);
      var words = who.words + " gone for " + Parameters.OUTAGE.toSeconds() + " s";
      Table.publish(who.row, words, ended, more);
      for (var crowd : ended) {
        for (var away : List.of(0, 2)) {
          assertThat(crowd.accounts().get(away).outcomes()).as("failed meanwhile").isEmpty();
        }
        for (var untouched : List.of(0, 2, 3)) {
          assertThat(crowd.accounts().get(untouched).cuts()).as("cut by nothing").isEmpty();
        }
      }
      assertThat(again).as("until the restarted container serves").isLessThan(RESTART);
      assertThat(convergence).isLessThan(Duration.ofSeconds(10));
    } finally {
      comeBack(who);
      scene.delete("listener", "more");
    }
  }

  private void leave(Absent who) {
    who.components.forEach(component -> scene.installation.scale(component, 0));
    if (who.apiServer) {
      scene.cluster.controlPlane("stop", "kube-apiserver");
    }
  }

  /** Kubernetes looks for an API server that was away ever more rarely, and so starts pods late. */
  private void comeBack(Absent who) {
    if (who.apiServer) {
      scene.cluster.controlPlane("start", "kube-apiserver");
    }
    who.components.forEach(component -> scene.scaleLater(component, 2));
  }
}
