package cloud.thalassa.lb.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measure of the availability tests: it sees every loss and its cause, and nothing else. */
class LoadTest {
  private static final Load.Plan SMALL =
      new Load.Plan(200, 50, 20, Duration.ofHours(1), Duration.ofMillis(500));

  @TempDir Path directory;

  @Test
  void seesNothingAgainstATargetThatStays() throws IOException {
    var target = target(8101);
    var begun = Instant.now();
    try (var load = load(8101, SMALL.living(Duration.ofMillis(600)))) {
      load.run(Duration.ofSeconds(2));
      var account = account(load, begun);
      assertThat(account.failed()).isEmpty();
      assertThat(account.cuts()).isEmpty();
      assertThat(account.lost()).isZero();
      assertThat(account.opened()).isGreaterThan(300);
    } finally {
      target.destroyForcibly();
    }
  }

  @Test
  void seesWhatAKilledTargetCosts() throws IOException {
    var target = target(8102);
    try (var load = load(8102, SMALL)) {
      var event = Instant.now();
      target.destroyForcibly();
      load.run(Duration.ofSeconds(2)); // a datagram is lost after a second without an answer
      var account = account(load, event);
      assertThat(account.outcomes())
          .containsKey("refused")
          .doesNotContainKeys("timeout", "unreachable", "wrong", "own", "other");
      assertThat(account.cuts()).hasSize(50);
      assertThat(account.untilServed(event)).isGreaterThan(Duration.ofMillis(800));
      assertThat(account.silence()).isGreaterThan(Duration.ofMillis(500));
    }
  }

  @Test
  void seesThatAFrozenTargetTakesConnectionsAndSaysNothing() throws Exception {
    var target = target(8103);
    try (var load = load(8103, SMALL)) {
      var event = Instant.now();
      signal("STOP", target);
      load.run(Duration.ofMillis(300));
      var thawed = Instant.now();
      signal("CONT", target);
      load.run(Duration.ofMillis(700));
      var seen = load.stop();
      var frozen = new Account(seen, new Span(event, thawed));
      assertThat(frozen.took(1)).isGreaterThan(Duration.ofMillis(200));
      assertThat(new Account(seen, new Span(thawed, Instant.now())).cuts()).isEmpty();
    } finally {
      target.destroyForcibly();
    }
  }

  private static Account account(Load load, Instant from) {
    return new Account(load.stop(), new Span(from, Instant.now()));
  }

  private Load load(int port, Load.Plan plan) {
    var record = directory.resolve("load");
    var load = Load.start(List.of(), "127.1.0.0/24", "127.0.0.1", port, port, plan, record);
    load.awaitReady();
    return load;
  }

  private Process target(int port) throws IOException {
    var log = directory.resolve("target");
    var number = Integer.toString(port);
    var target =
        new ProcessBuilder(
                Load.program().toString(), "serve", number, number, Integer.toString(port + 100))
            .redirectOutput(log.toFile())
            .redirectError(KubeTools.target().resolve("traffic/target.log").toFile())
            .start();
    await().until(() -> java.nio.file.Files.readString(log).contains("serving"));
    return target;
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }
}
