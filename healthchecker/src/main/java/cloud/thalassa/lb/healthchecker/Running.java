package cloud.thalassa.lb.healthchecker;

import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.healthchecker.assign.Membership;
import cloud.thalassa.lb.healthchecker.assign.Ownership;
import cloud.thalassa.lb.healthchecker.follow.DirectorySource;
import cloud.thalassa.lb.healthchecker.follow.KubernetesSource;
import cloud.thalassa.lb.healthchecker.follow.Source;
import cloud.thalassa.lb.healthchecker.lease.KubernetesLeases;
import cloud.thalassa.lb.healthchecker.lease.LeaseKeeper;
import cloud.thalassa.lb.healthchecker.probe.VertxLifelines;
import cloud.thalassa.lb.healthchecker.probe.VertxProber;
import cloud.thalassa.lb.healthchecker.report.DirectoryReports;
import cloud.thalassa.lb.healthchecker.report.KubernetesReplicaReports;
import cloud.thalassa.lb.healthchecker.report.KubernetesReports;
import cloud.thalassa.lb.healthchecker.report.ReportStore;
import cloud.thalassa.lb.healthchecker.usage.UsageCollector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A checker with everything around it, from its start to its end. */
final class Running implements AutoCloseable {
  private static final int LOOPS = Runtime.getRuntime().availableProcessors();

  private final CheckerThread thread = new CheckerThread();
  private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Source source;
  private final Checker checker;
  private @Nullable LeaseKeeper keeper;
  private @Nullable UsageCollector collector;

  private Running(
      String name,
      Ownership ownership,
      Source source,
      ReportStore store,
      Vertx vertx,
      Meters meters,
      Outbox events) {
    this.source = source;
    this.checker =
        new Checker(
            thread,
            blocking,
            name,
            ownership,
            new VertxProber(vertx, LOOPS),
            store,
            meters,
            events,
            InstantSource.system(),
            new SplittableRandom());
  }

  static Running overDirectory(
      Path directory, String name, Vertx vertx, Meters meters, Outbox events) {
    var files = new DocumentFiles(directory.resolve("compiled"));
    var running =
        new Running(
            name,
            Ownership.ALONE,
            new DirectorySource(files),
            new DirectoryReports(files),
            vertx,
            meters,
            events);
    try {
      running.source.follow(running.checker::documents);
    } catch (UncheckedIOException e) {
      throw new StartupFailure(String.valueOf(e.getMessage()));
    }
    return running;
  }

  static Running inCluster(
      KubernetesClient client,
      String namespace,
      String name,
      Vertx vertx,
      Meters meters,
      Outbox events) {
    var running =
        new Running(
            name,
            Membership.outside(name),
            new KubernetesSource(client, namespace),
            new KubernetesReports(client),
            vertx,
            meters,
            events);
    meters.members(() -> running.checker.ownership() instanceof Membership m ? m.live().size() : 0);
    var replicas =
        new ReplicaChecker(
            running.thread,
            running.blocking,
            name,
            new VertxLifelines(vertx, LOOPS),
            new KubernetesReplicaReports(client, namespace, name, KubernetesLeases.name(name)),
            InstantSource.system());
    meters.replicas(() -> replicas.watching().size());
    if (events.isOn()) {
      running.collector =
          UsageCollector.start(replicas::watching, events, running.thread, InstantSource.system());
    }
    running.source.follow(
        documents -> {
          running.checker.documents(documents);
          replicas.documents(documents);
        });
    running.keeper =
        LeaseKeeper.start(
            new KubernetesLeases(client, namespace, name, InstantSource.system()),
            name,
            membership -> {
              running.checker.ownership(membership);
              replicas.membership(membership);
            });
    return running;
  }

  boolean synced() {
    return checker.synced();
  }

  /**
   * Stops to write first, and then gives the Lease back: whoever takes over finds nobody writing.
   */
  @Override
  public void close() {
    source.close();
    thread.shutdownNow();
    if (keeper != null) {
      keeper.close();
    }
    if (collector != null) {
      collector.close();
    }
  }
}
