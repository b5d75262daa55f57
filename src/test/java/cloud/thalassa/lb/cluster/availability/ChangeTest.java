package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a tenant does every day. */
class ChangeTest {
  private static final Duration CONSEQUENCES = Duration.ofSeconds(2);

  private final Scene scene = Scene.get();

  @Test
  void nobodyNotices() {
    Parameters.assumeWanted("01-change");
    try (var trial = scene.trial("01-change", Parameters.LOAD)) {
      change(trial, "listener", "web", "{\"spec\": {\"maxConnections\": 20000}}");
      change(trial, "listener", "web", "{\"spec\": {\"idleTimeoutSeconds\": 5000}}");
      change(trial, "listener", "web", "{\"spec\": {\"allowedSources\": [\"10.0.0.0/8\"]}}");
      change(trial, "listener", "web", "{\"spec\": {\"allowedSources\": null}}");
      for (var policy : new String[] {"LeastConnections", "Random", "Maglev", "RoundRobin"}) {
        change(trial, "targetgroup", "web", "{\"spec\": {\"policy\": \"" + policy + "\"}}");
      }
      trial.event(Set.of(), CONSEQUENCES, this::addListener);
      trial.event(Set.of(), CONSEQUENCES, () -> scene.delete("listener", "more"));
      trial.event(Set.of(), CONSEQUENCES, () -> scene.scaleTargets(5));
      trial.event(Set.of(), CONSEQUENCES, () -> scene.scaleTargets(3));
      var words = "listener and target group changed, listener added and removed, pods 3 -> 5 -> 3";
      for (var figure : Table.publish("01-change", words, trial.end(), "")) {
        assertThat(figure.outcomes()).as("new connections that failed").isEmpty();
        assertThat(figure.cutOthers()).as("lasting connections that were cut").isZero();
      }
    } finally {
      scene.delete("listener", "more");
    }
  }

  private void change(Trial trial, String kind, String name, String merge) {
    trial.event(Set.of(), CONSEQUENCES, () -> scene.patch(kind, name, merge));
  }

  private void addListener() {
    scene.addListener("more", 81);
    scene.tenant.awaitReady("more");
  }
}
