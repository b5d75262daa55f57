package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(3, 2);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final Semaphore mayEnd = new Semaphore(0);

  @AfterEach
  void end() {
    mayEnd.release(1_000);
    threads.close();
  }

  @Test
  void aTenantHasItsShareAtOnceAndLeavesTheRest() {
    submit("noisy", 10);
    awaitBegun("noisy", "noisy");
    submit("quiet", 1);
    awaitBegun("noisy", "noisy", "quiet");
  }

  @Test
  void tenantsTakeTurnsHoweverManyWait() {
    submit("noisy", 100);
    awaitBegun("noisy", "noisy");
    submit("a", 1);
    awaitBegun("noisy", "noisy", "a");
    submit("b", 1);
    submit("c", 1);
    mayEnd.release(2);
    await().untilAsserted(() -> assertThat(begun).hasSize(5));
    mayEnd.release(2);
    await().untilAsserted(() -> assertThat(begun.subList(3, 7)).contains("b", "c"));
  }

  @Test
  void whoWaitsWhenTheTurnsEndDoesNotWork() throws Exception {
    submit("noisy", 2);
    awaitBegun("noisy", "noisy");
    var late = submit("noisy", 1);
    turns.end();
    assertThat(late.get()).isEqualTo("did not work");
    assertThat(submit("noisy", 1).get()).isEqualTo("did not work");
    mayEnd.release(2);
    turns.begin();
    submit("noisy", 1);
    awaitBegun("noisy", "noisy", "noisy");
  }

  @Test
  void whoIsInterruptedWhileWaitingTakesNobodysTurn() throws Exception {
    submit("a", 2);
    submit("b", 1);
    await().untilAsserted(() -> assertThat(begun).hasSize(3));
    var waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    turns.take("c", () -> begun.add("c"), false);
                  } catch (InterruptedException expected) {
                    begun.add("interrupted");
                  }
                });
    await().until(() -> waiting.getState() == Thread.State.WAITING);
    waiting.interrupt();
    waiting.join();
    mayEnd.release(3);
    submit("d", 1);
    await().untilAsserted(() -> assertThat(begun).endsWith("interrupted", "d"));
  }

  @Test
  void workThatFailsGivesItsTurnBack() {
    for (var i = 0; i < 5; i++) {
      var _ =
          threads.submit(
              () ->
                  turns.take(
                      "failing",
                      () -> {
                        throw new IllegalStateException("as intended");
                      },
                      ""));
    }
    submit("failing", 1);
    awaitBegun("failing");
  }

  private Future<String> submit(String tenant, int times) {
    Future<String> last = null;
    for (var i = 0; i < times; i++) {
      last = threads.submit(() -> turns.take(tenant, () -> work(tenant), "did not work"));
    }
    return last;
  }

  private String work(String tenant) {
    begun.add(tenant);
    mayEnd.acquireUninterruptibly();
    return "worked";
  }

  private void awaitBegun(String... tenants) {
    await().untilAsserted(() -> assertThat(begun).containsExactly(tenants));
  }
}
