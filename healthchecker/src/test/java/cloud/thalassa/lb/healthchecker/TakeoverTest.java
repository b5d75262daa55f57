package cloud.thalassa.lb.healthchecker;

import static cloud.thalassa.lb.crds.HealthState.HEALTHY;
import static cloud.thalassa.lb.crds.HealthState.INITIAL;
import static cloud.thalassa.lb.crds.HealthState.UNHEALTHY;
import static cloud.thalassa.lb.healthchecker.InMemoryCluster.GROUPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.healthchecker.assign.Membership;
import cloud.thalassa.lb.healthchecker.lease.LeaseKeeper;
import cloud.thalassa.lb.healthchecker.probe.VertxProber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two checkers beside one store that stands for the API server. */
class TakeoverTest {
  /** Nobody accepts: the kernel alone makes connections, until its queue is full. */
  private static final int BACKLOG = 4000;

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryCluster cluster = new InMemoryCluster();
  private final Replica a = new Replica("a");
  private final Replica b = new Replica("b");

  @AfterEach
  void stop() {
    a.close();
    b.close();
    vertx.close();
  }

  @Test
  void eachGroupHasOneReporterAndADeadOnesGroupsMoveWithTheirStates() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, BACKLOG)) {
      port = socket.getLocalPort();
      cluster.serve(port);
      a.start();
      b.start();
      awaitStates(HEALTHY);
      await().until(() -> a.probed() > 0 && b.probed() > 0 && a.probed() + b.probed() == GROUPS);
    }
    awaitStates(UNHEALTHY);
    assertThat(cluster.reporters()).containsExactlyInAnyOrder("a", "b");

    a.die();
    try (var socket = new ServerSocket(port, BACKLOG)) {
      awaitStates(HEALTHY);
      assertThat(cluster.reporters()).containsExactly("b");
      assertThat(cluster.statesEverWritten())
          .as("nobody who was judged is Initial again")
          .isSubsetOf(INITIAL, HEALTHY, UNHEALTHY)
          .doesNotContainSubsequence(HEALTHY, INITIAL)
          .doesNotContainSubsequence(UNHEALTHY, INITIAL);
      assertThat(cluster.conflicts()).as("no two wrote at once").isZero();
    }
  }

  @Test
  void whoCannotReachTheApiWritesNothingAndCatchesUpAfterwards() throws Exception {
    try (var socket = new ServerSocket(0, BACKLOG)) {
      cluster.serve(socket.getLocalPort());
      a.start();
      awaitStates(HEALTHY);

      cluster.leasesReachable(false);
      await().until(() -> !a.checker.ownership().mayWrite(System.nanoTime()));
      var written = cluster.writes();
      socket.close();
      await().until(() -> a.count("unhealthy") == GROUPS);
      assertThat(cluster.writes()).isEqualTo(written);
      assertThat(cluster.states()).isEqualTo(allOf(HEALTHY));

      cluster.leasesReachable(true);
      awaitStates(UNHEALTHY);
    }
  }

  @Test
  void aLeaseGivenBackIsTakenOverAtOnceAndNothingIsWrittenWithoutNeed() throws Exception {
    try (var socket = new ServerSocket(0, BACKLOG)) {
      cluster.serve(socket.getLocalPort());
      a.start();
      b.start();
      awaitStates(HEALTHY);
      var written = cluster.writes();

      a.close();
      await().until(() -> b.count("healthy") == GROUPS);
      var probes = b.probes();
      await().atMost(Duration.ofSeconds(15)).until(() -> b.probes() > probes + 20);
      assertThat(cluster.writes()).isEqualTo(written);
    }
  }

  private void awaitStates(HealthState state) {
    await().atMost(Duration.ofSeconds(20)).until(() -> cluster.states().equals(allOf(state)));
  }

  private static List<HealthState> allOf(HealthState state) {
    return Collections.nCopies(GROUPS, state);
  }

  private final class Replica {
    final String name;
    final CheckerThread thread = new CheckerThread();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Checker checker;
    LeaseKeeper keeper;

    Replica(String name) {
      this.name = name;
      this.checker =
          new Checker(
              thread,
              Executors.newVirtualThreadPerTaskExecutor(),
              name,
              Membership.outside(name),
              new VertxProber(vertx, 1),
              cluster,
              new Meters(registry),
              Outbox.OFF,
              InstantSource.system(),
              new SplittableRandom(1));
    }

    void start() {
      cluster.follow(checker::documents);
      keeper = LeaseKeeper.start(cluster.leases(name), name, checker::ownership);
    }

    /** Like kill -9: the Lease stays behind, nothing is renewed or written any more. */
    void die() {
      thread.shutdownNow();
      cluster.cutOff(name);
    }

    void close() {
      thread.shutdownNow();
      if (keeper != null) {
        keeper.close();
      }
    }

    int count(String state) {
      return (int)
          registry.get("thalassa.lb.healthchecker.targets").tag("state", state).gauge().value();
    }

    int probed() {
      return count("initial") + count("healthy") + count("unhealthy");
    }

    double probes() {
      return registry
          .get("thalassa.lb.healthchecker.probes")
          .tag("result", "passed")
          .counter()
          .count();
    }
  }
}
