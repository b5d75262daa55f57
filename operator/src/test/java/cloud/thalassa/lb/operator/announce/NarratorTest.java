package cloud.thalassa.lb.operator.announce;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.event.Event;
import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.crds.event.Told;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NarratorTest {
  private final List<Event> told = new CopyOnWriteArrayList<>();
  private final Outbox outbox =
      new Outbox(
              "operator-1",
              100,
              json -> {
                told.add(Told.parse(json).event());
                return CompletableFuture.completedStage(null);
              },
              InstantSource.system(),
              _ -> {})
          .start();
  private final Narrator narrator = new Narrator(outbox);

  @AfterEach
  void close() {
    outbox.close();
  }

  private static Condition condition(String type, String status, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("it is so")
        .build();
  }

  private static <T> T object(Class<T> kind, String yaml) throws IOException {
    return Serialization.yamlMapper().readValue(yaml, kind);
  }

  @Test
  void tellsOfEveryConditionThatIsAnother() throws IOException {
    var balancer = object(LoadBalancer.class, "{metadata: {namespace: shop, name: front}}");
    narrator.changed(
        balancer,
        List.of(
            condition("Accepted", "True", "Accepted"), condition("Ready", "False", "NoReplicas")),
        List.of(
            condition("Accepted", "True", "Accepted"),
            condition("Programmed", "True", "Programmed"),
            condition("Ready", "True", "Ready")));
    outbox.close();
    assertThat(told)
        .containsExactly(
            new Event.Lifecycle(
                "shop/front",
                "LoadBalancer",
                "shop/front",
                "Programmed",
                "True",
                "Programmed",
                "it is so"),
            new Event.Lifecycle(
                "shop/front", "LoadBalancer", "shop/front", "Ready", "True", "Ready", "it is so"));
  }

  @Test
  void aListenerThatMayBeIsAPartOfItsLoadBalancerAndATargetGroupOfNone() throws IOException {
    var listener =
        object(
            Listener.class,
            "{metadata: {namespace: team, name: http},"
                + " spec: {loadBalancerRef: {name: front, namespace: shop}}}");
    narrator.changed(listener, List.of(), List.of(condition("Accepted", "True", "Accepted")));
    narrator.changed(listener, List.of(), List.of(condition("Accepted", "False", "NotPermitted")));
    var group = object(TargetGroup.class, "{metadata: {namespace: team, name: web}}");
    narrator.changed(group, List.of(), List.of(condition("Accepted", "True", "Accepted")));
    outbox.close();
    assertThat(told)
        .containsExactly(
            new Event.Lifecycle(
                "shop/front", "Listener", "team/http", "Accepted", "True", "Accepted", "it is so"));
  }

  @Test
  void tellsOfFailovers() throws IOException {
    var balancer = object(LoadBalancer.class, "{metadata: {namespace: shop, name: front}}");
    narrator.failedOver(balancer, "It died.", Instant.parse("2026-11-29T20:00:00Z"));
    outbox.close();
    assertThat(told)
        .containsExactly(new Event.Failover("shop/front", "It died.", "2026-11-29T20:00:00Z"));
  }
}
