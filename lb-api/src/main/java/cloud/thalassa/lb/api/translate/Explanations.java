package cloud.thalassa.lb.api.translate;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import cloud.thalassa.lb.api.wire.ExplanationView;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Question;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients ask of a connection, and are told by a replica. */
public final class Explanations {
  private Explanations() {}

  /** A replica takes all that comes to it: that it does so is for the address to say. */
  public static Question question(
      LoadBalancer balancer,
      @Nullable String from,
      @Nullable String to,
      @Nullable String protocol) {
    var question = parsed(from, to, protocol);
    var status = balancer.getStatus();
    var addresses = status == null ? List.<Address>of() : status.addresses();
    if (!addresses.isEmpty() && addresses.stream().noneMatch(it -> is(it, question))) {
      throw Refusal.invalid(
          "to",
          "%s is not an address of the load balancer, which has %s"
              .formatted(
                  question.to().text(),
                  addresses.stream().map(Address::ip).collect(joining(", "))));
    }
    return question;
  }

  public static ExplanationView view(
      World world, LoadBalancer balancer, String replica, Explanation explanation) {
    var listener =
        world.listeners(balancer).stream()
            .filter(it -> named(it, explanation.listener()))
            .findFirst();
    var groups = listener.map(world::targetGroups).orElse(List.of());
    return new ExplanationView(
        replica,
        listener.map(Heads::ref).orElse(null),
        groups.stream().map(Heads::ref).toList(),
        explanation.about(groups.stream().map(Explanations::path).collect(toSet())));
  }

  private static boolean named(Listener listener, @Nullable String name) {
    return path(listener).equals(name);
  }

  private static String path(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  private static Question parsed(
      @Nullable String from, @Nullable String to, @Nullable String protocol) {
    try {
      return Question.parse(from, to, protocol);
    } catch (IllegalArgumentException e) {
      var words = String.valueOf(e.getMessage()).split(": ", 2);
      throw Refusal.invalid(words[0], words[1]);
    }
  }

  /** Some providers give a name in the place of an address: then nobody knows. */
  private static boolean is(Address address, Question question) {
    try {
      return InetAddress.ofLiteral(address.ip()).equals(question.to().address());
    } catch (IllegalArgumentException name) {
      return true;
    }
  }
}
