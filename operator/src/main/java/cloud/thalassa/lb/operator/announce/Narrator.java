package cloud.thalassa.lb.operator.announce;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.event.Event;
import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.operator.compile.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has the history told what becomes of load balancers and their listeners. */
public final class Narrator {
  private static final int LONGEST_MESSAGE = 1024;

  private final Outbox outbox;

  public Narrator(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Of every condition that has another status or reason, or is new. */
  void changed(HasMetadata object, List<Condition> before, List<Condition> after) {
    var loadBalancer = outbox.isOn() ? loadBalancer(object) : null;
    if (loadBalancer == null || (isForeign(object, loadBalancer) && !accepted(after))) {
      return;
    }
    after.stream()
        .filter(now -> before.stream().noneMatch(earlier -> same(earlier, now)))
        .forEach(now -> outbox.tell(lifecycle(loadBalancer, object, now)));
  }

  void failedOver(LoadBalancer object, String cause, Instant since) {
    outbox.tell(new Event.Failover(name(object), cause, since.toString()));
  }

  private static @Nullable String loadBalancer(HasMetadata object) {
    return switch (object) {
      case LoadBalancer balancer -> name(balancer);
      case Listener listener -> {
        var ref = listener.getSpec().loadBalancerRef();
        yield Objects.requireNonNullElse(ref.namespace(), object.getMetadata().getNamespace())
            + "/"
            + ref.name();
      }
      default -> null;
    };
  }

  /** Anybody can make a listener that names the load balancer of somebody else. */
  private static boolean isForeign(HasMetadata object, String loadBalancer) {
    return !loadBalancer.startsWith(object.getMetadata().getNamespace() + "/");
  }

  private static boolean accepted(List<Condition> conditions) {
    return conditions.stream()
        .anyMatch(
            it ->
                it.getType().equals(ConditionType.ACCEPTED.toString())
                    && "True".equals(it.getStatus()));
  }

  private static Event lifecycle(String loadBalancer, HasMetadata object, Condition now) {
    var message = Objects.requireNonNullElse(now.getMessage(), "");
    return new Event.Lifecycle(
        loadBalancer,
        object.getKind(),
        name(object),
        now.getType(),
        now.getStatus(),
        now.getReason(),
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE));
  }

  private static boolean same(Condition earlier, Condition now) {
    return now.getType().equals(earlier.getType())
        && now.getStatus().equals(earlier.getStatus())
        && now.getReason().equals(earlier.getReason());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }
}
