package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.apply.GatewayWriter;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.front.Translated;
import cloud.thalassa.lb.operator.gateway.GatewayStatuses;
import cloud.thalassa.lb.operator.gateway.Translation;
import cloud.thalassa.lb.operator.observe.Cluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects that serve a Gateway, and what they let it say about itself. */
final class GatewayObjects {
  private final Cluster cluster;
  private final MadeObjects made;
  private final Applier applier;
  private final GatewayWriter writer;
  private final Announcer announcer;
  private final InstantSource clock;

  GatewayObjects(
      Cluster cluster,
      MadeObjects made,
      Applier applier,
      GatewayWriter writer,
      Announcer announcer,
      InstantSource clock) {
    this.cluster = cluster;
    this.made = made;
    this.applier = applier;
    this.writer = writer;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Makes them as the Gateway says; returns whether the API server took everything. */
  boolean serve(Gateway gateway) {
    var meaning = Translation.of(gateway, cluster.gateways(), made.loadBalancer(gateway));
    var objects = meaning.objects().unless("Gateway", it -> made.isForeign(gateway, it));
    var refusals = new ArrayList<String>();
    for (var group : objects.refused() ? List.<TargetGroup>of() : meaning.backends()) {
      MadeObjects.attempt(refusals, () -> applier.apply(group, cluster.generated().current(group)));
    }
    refusals.addAll(made.write(gateway, objects));
    report(gateway, objects, refusals);
    return refusals.isEmpty();
  }

  /** Deletes all of them; returns whether they are gone. */
  boolean remove(Gateway gateway) {
    return made.remove(gateway);
  }

  private void report(Gateway gateway, Translated translated, List<String> refusals) {
    var status =
        GatewayStatuses.of(
            gateway,
            cluster.gateways(),
            translated,
            made.loadBalancer(gateway),
            made.listeners(gateway),
            refusals,
            clock.instant());
    var before = GatewayStatuses.conditions(gateway);
    if (!shows(gateway.getStatus(), status)) {
      writer.status(gateway, status);
      announcer.changed(gateway, before, served(status.getConditions()));
    }
    translated
        .news(before)
        .forEach(it -> announcer.refused(gateway, it.cost().reason(), it.sentence()));
  }

  private static List<Condition> served(List<Condition> conditions) {
    return conditions.stream()
        .filter(it -> it.getType().equals(ConditionType.PROGRAMMED.toString()))
        .toList();
  }

  /** Whether it says all of this already; others may say more. */
  private static boolean shows(@Nullable GatewayStatus status, GatewayStatus wanted) {
    return status != null
        && status.getAddresses().equals(wanted.getAddresses())
        && new HashSet<>(status.getConditions()).containsAll(wanted.getConditions())
        && status.getListeners().size() == wanted.getListeners().size()
        && wanted.getListeners().stream()
            .allMatch(it -> status.getListeners().stream().anyMatch(now -> shows(now, it)));
  }

  private static boolean shows(ListenerStatus status, ListenerStatus wanted) {
    return status.getName().equals(wanted.getName())
        && status.getAttachedRoutes().equals(wanted.getAttachedRoutes())
        && status.getSupportedKinds().equals(wanted.getSupportedKinds())
        && new HashSet<>(status.getConditions()).containsAll(wanted.getConditions());
  }
}
