package cloud.thalassa.lb.kubectl.replica;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.replica.Replica;
import cloud.thalassa.lb.kubectl.cluster.Connection;
import cloud.thalassa.lb.kubectl.cluster.Failure;
import cloud.thalassa.lb.kubectl.cluster.Objects;
import cloud.thalassa.lb.kubectl.view.Named;
import java.util.List;

/** The replicas of one load balancer. */
public record Replicas(Connection connection, Named balancer, List<Replica> all) {

  public static Replicas of(Connection connection, Named balancer) {
    var slices = new Objects(connection).slices(balancer, Api.REPLICAS_LABEL);
    return new Replicas(connection, balancer, Replica.of(balancer.name(), slices));
  }

  /** What somebody asks over a line. */
  @FunctionalInterface
  public interface Asking<T> {
    T ask(Replica replica, ReplicaLine line) throws Silence;
  }

  /** Who said it. */
  public record Answer<T>(Replica replica, T said) {}

  /**
   * What the first one says that answers.
   *
   * @throws Failure none does
   */
  public <T> Answer<T> any(Asking<T> asking) {
    if (all.isEmpty()) {
      throw new Failure("load balancer " + balancer + " has no replica yet that could be asked");
    }
    var last = "";
    for (var replica : all) {
      try {
        return new Answer<>(replica, ask(replica, asking));
      } catch (Silence e) {
        last = replica.pod() + ": " + e.getMessage();
      }
    }
    throw new Failure(
        "no replica of load balancer %s can be asked, which takes the right to create pods/portforward or to get pods/proxy, as the role edit has it (%s)"
            .formatted(balancer, last));
  }

  /** One way, and if that leads nowhere the other one. */
  public <T> T ask(Replica replica, Asking<T> asking) throws Silence {
    String why;
    try (var line = ForwardedLine.open(connection.client(), balancer.namespace(), replica)) {
      return asking.ask(replica, line);
    } catch (Silence e) {
      why = String.valueOf(e.getMessage());
    }
    try (var line = new ProxiedLine(connection.client(), balancer.namespace(), replica)) {
      return asking.ask(replica, line);
    } catch (Silence e) {
      throw new Silence(why + "; " + e.getMessage());
    }
  }
}
