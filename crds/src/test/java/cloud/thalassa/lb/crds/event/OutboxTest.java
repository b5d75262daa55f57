package cloud.thalassa.lb.crds.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final LinkedBlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Semaphore unanswered = new Semaphore(0);
  private volatile boolean broken;
  private volatile boolean silent;
  private Outbox outbox = outbox(10);

  private Outbox outbox(int most) {
    return new Outbox(
            "me",
            most,
            this::send,
            InstantSource.system(),
            complaints::add,
            Duration.ofMillis(50),
            Duration.ofMillis(1))
        .start();
  }

  private CompletionStage<?> send(String json) {
    if (broken) {
      throw new IllegalStateException("no\n broker");
    }
    if (silent) {
      unanswered.release();
      return new CompletableFuture<>();
    }
    sent.add(json);
    return CompletableFuture.completedStage(null);
  }

  private static Event event(int i) {
    return new Event.Failover("a/" + i, "it died", "then");
  }

  private String next() throws InterruptedException {
    var json = sent.poll(10, TimeUnit.SECONDS);
    return json == null ? "nothing" : Told.parse(json).event().loadBalancer();
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void tellsInOrderAndNumbersThem() throws InterruptedException {
    for (int i = 1; i <= 5; i++) {
      outbox.tell(event(i));
    }
    for (int i = 1; i <= 5; i++) {
      var told = Told.parse(sent.poll(10, TimeUnit.SECONDS));
      assertThat(told.number()).isEqualTo(i);
      assertThat(told.source()).isEqualTo("me");
      assertThat(told.event()).isEqualTo(event(i));
    }
    outbox.close();
    assertThat(outbox.published()).isEqualTo(5);
    assertThat(outbox.waiting()).isZero();
  }

  @Test
  void keepsWhatABrokerThatIsAwayOrSilentDoesNotTake() throws InterruptedException {
    broken = true;
    outbox.tell(event(1));
    awaitComplaint();
    assertThat(complaints.getFirst()).isEqualTo("no broker");
    silent = true;
    broken = false;
    outbox.tell(event(2));
    assertThat(unanswered.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
    silent = false;
    assertThat(List.of(next(), next())).containsExactlyInAnyOrder("a/1", "a/2");
    assertThat(outbox.dropped()).isZero();
    assertThat(complaints).as("an outage is complained about once").hasSize(1);
  }

  private void awaitComplaint() throws InterruptedException {
    for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; ) {
      if (!complaints.isEmpty()) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no complaint");
  }

  @Test
  void countsWhatFindsNoRoom() throws InterruptedException {
    broken = true;
    outbox.tell(event(0));
    awaitComplaint(); // that one is under way
    for (int i = 1; i <= 1000; i++) {
      outbox.tell(event(i));
    }
    assertThat(outbox.dropped()).isPositive();
    assertThat(outbox.dropped() + outbox.waiting()).isEqualTo(1001);
    long kept = outbox.waiting();
    broken = false;
    for (int i = 0; i < kept; i++) {
      assertThat(next()).startsWith("a/");
    }
  }

  @Test
  void oneLoadBalancerTakesNoPlaceAwayFromOthers() {
    outbox.close();
    outbox = outbox(10_000);
    for (int i = 0; i < Fairness.BURST + 500; i++) {
      outbox.tell(event(1));
    }
    assertThat(outbox.dropped()).isBetween(1L, 500L);
    var before = outbox.dropped();
    outbox.tell(event(2));
    assertThat(outbox.dropped()).isEqualTo(before);
  }

  @Test
  void whatIsOffTellsNobody() {
    Outbox.OFF.tell(event(1));
    Outbox.OFF.close();
    assertThat(Outbox.OFF.isOn()).isFalse();
    assertThat(Outbox.OFF.waiting() + Outbox.OFF.dropped() + Outbox.OFF.published()).isZero();
  }

  @Test
  void fairnessComesBackWithTime() {
    var fairness = new Fairness();
    for (int i = 0; i < Fairness.BURST; i++) {
      assertThat(fairness.admits("a/b", 0)).isTrue();
    }
    assertThat(fairness.admits("a/b", 0)).isFalse();
    long minute = 60_000_000_000L;
    for (int i = 0; i < Fairness.A_MINUTE; i++) {
      assertThat(fairness.admits("a/b", minute)).isTrue();
    }
    assertThat(fairness.admits("a/b", minute)).isFalse();
  }
}
