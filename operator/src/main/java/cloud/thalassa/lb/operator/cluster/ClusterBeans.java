package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.operator.OperatorConfig;
import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.announce.Narrator;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.apply.ClaimWriter;
import cloud.thalassa.lb.operator.apply.GatewayWriter;
import cloud.thalassa.lb.operator.apply.OwnWrites;
import cloud.thalassa.lb.operator.apply.ServiceWriter;
import cloud.thalassa.lb.operator.children.DataplaneTemplate;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.trace.Chronicle;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Puts the parts together. Nothing here touches the cluster until it is started. */
@Dependent
class ClusterBeans {
  private static final Logger log = Logger.getLogger(ClusterBeans.class);

  /** Reconciliations spend most of their time waiting for the API server. */
  private static final int AT_ONCE = 16;

  @Produces
  @Singleton
  OwnWrites ownWrites() {
    return new OwnWrites();
  }

  @Produces
  @Singleton
  Cluster cluster(KubernetesClient client, OwnWrites writes, OperatorConfig config) {
    return new Cluster(client, config.namespace(), writes::caused, config.closedNetworks());
  }

  @Produces
  @Singleton
  Applier applier(KubernetesClient client, OwnWrites writes) {
    return new Applier(client, writes);
  }

  @Produces
  @Singleton
  Understudy understudy(Cluster cluster, Applier applier) {
    return new Understudy(cluster, applier, InstantSource.system());
  }

  @Produces
  @Singleton
  ClaimWriter claimWriter(KubernetesClient client, OwnWrites writes) {
    return new ClaimWriter(client, writes);
  }

  @Produces
  @Singleton
  ServiceWriter serviceWriter(KubernetesClient client) {
    return new ServiceWriter(client);
  }

  @Produces
  @Singleton
  MadeObjects madeObjects(Cluster cluster, Applier applier, Announcer announcer) {
    return new MadeObjects(cluster, applier, announcer);
  }

  @Produces
  @Singleton
  ServiceObjects serviceObjects(MadeObjects made, ServiceWriter writer, Announcer announcer) {
    return new ServiceObjects(made, writer, announcer, InstantSource.system());
  }

  @Produces
  @Singleton
  GatewayWriter gatewayWriter(KubernetesClient client) {
    return new GatewayWriter(client);
  }

  @Produces
  @Singleton
  GatewayObjects gatewayObjects(
      Cluster cluster,
      MadeObjects made,
      Applier applier,
      GatewayWriter writer,
      Announcer announcer) {
    return new GatewayObjects(cluster, made, applier, writer, announcer, InstantSource.system());
  }

  @Produces
  @Singleton
  RouteParents routeParents(Cluster cluster, GatewayWriter writer, Turns turns) {
    return new RouteParents(cluster, writer, turns, InstantSource.system());
  }

  @Produces
  @Singleton
  ClaimBook claimBook(Cluster cluster, ClaimWriter writer) {
    return new ClaimBook(cluster.addresses(), writer);
  }

  @Produces
  @Singleton
  Addresses addresses(Cluster cluster, Waiting waiting, Applier applier, ClaimWriter claims) {
    return new Addresses(cluster.addresses(), waiting, applier, claims);
  }

  @Produces
  @Singleton
  Waiting waiting() {
    return new Waiting();
  }

  @Produces
  @Singleton
  InHand inHand() {
    return new InHand();
  }

  @Produces
  @Singleton
  Chronicle chronicle(Cluster cluster, OperatorConfig config) {
    var chronicle = Chronicle.of(InstantSource.system(), config.traces().isPresent());
    chronicle.listen(cluster::onSight);
    return chronicle;
  }

  @Produces
  @Singleton
  Announcer announcer(KubernetesClient client, OperatorConfig config, Outbox events) {
    return new Announcer(client, config.instance(), InstantSource.system(), new Narrator(events));
  }

  @Produces
  @Singleton
  StatusWriter statusWriter(Applier applier, Announcer announcer) {
    return new StatusWriter(applier, announcer, InstantSource.system());
  }

  @Produces
  @Singleton
  LatelyReached latelyReached() {
    return new LatelyReached(InstantSource.system());
  }

  @Produces
  @Singleton
  Turns turns() {
    return new Turns(AT_ONCE, AT_ONCE / 2);
  }

  @Produces
  @Singleton
  DataplaneTemplate dataplaneTemplate(OperatorConfig config) {
    var dataplane = config.dataplane();
    return new DataplaneTemplate(
        dataplane.image().orElseThrow(),
        dataplane.imagePullPolicy(),
        dataplane.clusterRole(),
        dataplane.drainDeadline(),
        PlatformPod.parse(dataplane.pod()),
        config.namespace(),
        dataplane.limitEgress(),
        dataplane.apiServerPorts());
  }

  /** The framework would end the process: its informers are started anew with the next term. */
  @Produces
  @Singleton
  @Unremovable // looked up by the framework
  InformerStoppedHandler informerStopped() {
    return (informer, failure) -> {
      if (failure != null) {
        log.warnf(failure, "A watch on %s ended", informer.getApiTypeClass().getSimpleName());
      }
    };
  }
}
