package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.Again;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one of several operators works, by a Lease. Unlike the framework's own election
 * it survives the loss of the Lease (an API server that is away for a while): the work stops, and
 * begins again with the next term, in the same process.
 */
final class Leadership {
  private static final Logger log = Logger.getLogger(Leadership.class);
  private static final String NAME = "thalassa-lb-operator";
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** Shorter than the lease by what it takes to stop working. */
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final Resource<Lease> lease;
  private final LeaseLock lock;
  private final Runnable begin;
  private final Runnable end;

  /** One thread: a term ends before the next one begins. */
  private final ExecutorService terms =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("leadership").factory());

  private volatile boolean stopping;
  private volatile @Nullable CompletableFuture<?> election;
  private volatile @Nullable Again candidacy;

  /**
   * @param identity of this candidate, which no other has
   * @param begin starts to work; may block; when it fails the Lease is given away
   * @param end stops to work, and returns when nothing is written any more
   */
  Leadership(
      KubernetesClient client, String namespace, String identity, Runnable begin, Runnable end) {
    this.client = client;
    this.lease = client.resources(Lease.class).inNamespace(namespace).withName(NAME);
    this.lock = new LeaseLock(namespace, NAME, identity);
    this.begin = begin;
    this.end = end;
  }

  void start() {
    candidacy = Again.start("to stand for election", this::stand);
  }

  /** Ends the work, and then gives the Lease away, so that another need not wait for its end. */
  void stop() {
    stopping = true;
    submit(end);
    terms.shutdown();
    try {
      if (!terms.awaitTermination(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Reconciliations did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var running = election;
    if (running != null) {
      running.cancel(true);
    }
    giveAway();
    var standing = candidacy;
    if (standing != null) {
      standing.close();
    }
  }

  /** Without a holder it is free at once. What the elector does by itself leaves us in it. */
  private void giveAway() {
    try {
      var held = lock.get(client);
      if (held != null && lock.identity().equals(held.getHolderIdentity())) {
        lease.patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"holderIdentity\": null}}");
      }
    } catch (KubernetesClientException e) {
      log.warnf("The Lease cannot be given away, and runs out: %s", e.getMessage());
    }
  }

  private @Nullable Duration stand() {
    if (stopping) {
      return null;
    }
    try {
      var running = elector().start();
      election = running;
      running.join();
    } catch (CancellationException stopped) {
      log.debug("The election was called off");
    } catch (CompletionException e) {
      log.warn("The election failed, it is held again", e);
    }
    return RETRY;
  }

  private LeaderElector elector() {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName(lock.describe())
                .withLock(lock)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY)
                .withLeaderCallbacks(
                    new LeaderCallbacks(
                        () -> submit(this::tryToBegin),
                        this::lost,
                        leader -> log.infof("Leader: %s", leader)))
                .build())
        .build();
  }

  /** Who cannot work had better not lead. */
  private void tryToBegin() {
    try {
      begin.run();
    } catch (RuntimeException e) {
      log.warn("Leading failed, another may try", e);
      var running = election;
      if (running != null) {
        running.cancel(true);
      }
    }
  }

  private void lost() {
    if (!stopping) {
      log.warn("The Lease cannot be kept: nothing is written until it is won again");
    }
    submit(end);
  }

  private void submit(Runnable step) {
    try {
      terms.execute(step);
    } catch (RejectedExecutionException stopped) {
      log.debug("No term begins or ends any more");
    }
  }
}
