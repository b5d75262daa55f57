package cloud.thalassa.lb.kubectl.cluster;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.kubectl.view.Named;
import cloud.thalassa.lb.kubectl.view.Seen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads objects; those of other namespaces as far as that is allowed. */
public final class Objects {
  private final KubernetesClient client;

  public Objects(Connection connection) {
    this.client = connection.client();
  }

  /**
   * All of a kind.
   *
   * @param namespace null: all of them
   */
  public <T extends HasMetadata> List<T> list(Class<T> kind, @Nullable String namespace) {
    var objects = client.resources(kind);
    return (namespace == null ? objects.inAnyNamespace() : objects.inNamespace(namespace))
        .list()
        .getItems();
  }

  /**
   * One by its name.
   *
   * @throws Failure there is none
   */
  public LoadBalancer loadBalancer(String namespace, String name) {
    var balancer = get(LoadBalancer.class, new Named(namespace, name));
    if (balancer != null) {
      return balancer;
    }
    list(LoadBalancer.class, namespace); // says so where there is no such kind
    throw new Failure("there is no LoadBalancer " + name + " in namespace " + namespace);
  }

  /** What is served for a load balancer; null: nothing yet. */
  public @Nullable ForwardingConfig forwardingConfig(Named balancer) {
    return get(ForwardingConfig.class, balancer);
  }

  /** All that can be read of one load balancer. */
  public Seen seen(LoadBalancer balancer) {
    var home = balancer.getMetadata().getNamespace();
    var self = Named.of(balancer);
    var config = forwardingConfig(self);
    var listeners = new ArrayList<>(listenersOf(self, list(Listener.class, home)));
    var groups = new ArrayList<Named>();
    if (config != null) {
      config.getSpec().listeners().stream()
          .map(entry -> Named.parse(entry.name()))
          .filter(name -> !name.namespace().equals(home))
          .forEach(name -> add(listeners, readable(Listener.class, name)));
      config.getSpec().pools().forEach(pool -> groups.add(Named.parse(pool.name())));
    }
    groups.addAll(targetGroupsOf(listeners));
    return new Seen(
        balancer,
        listeners,
        targetGroups(groups, home),
        config,
        slices(self, Api.TARGET_GROUP_LABEL),
        client
            .resources(HealthReport.class)
            .inNamespace(home)
            .withLabel(Api.LOAD_BALANCER_LABEL, self.name())
            .list()
            .getItems());
  }

  /**
   * The operator's slices of a load balancer.
   *
   * @param with a label that they carry
   */
  public List<EndpointSlice> slices(Named balancer, String with) {
    return client
        .resources(EndpointSlice.class)
        .inNamespace(balancer.namespace())
        .withLabel(Api.LOAD_BALANCER_LABEL, balancer.name())
        .withLabel(Api.MANAGED_BY_LABEL, Api.OPERATOR)
        .withLabel(with)
        .list()
        .getItems();
  }

  /** The target groups with these names, those of {@code home} with one request. */
  public Map<Named, TargetGroup> targetGroups(Collection<Named> names, @Nullable String home) {
    var groups = new HashMap<Named, TargetGroup>();
    list(TargetGroup.class, home).forEach(it -> groups.put(Named.of(it), it));
    for (var name : names) {
      if (home != null && !groups.containsKey(name) && !name.namespace().equals(home)) {
        var group = readable(TargetGroup.class, name);
        if (group != null) {
          groups.put(name, group);
        }
      }
    }
    groups.keySet().retainAll(List.copyOf(names));
    return groups;
  }

  public static List<Listener> listenersOf(Named balancer, Collection<Listener> listeners) {
    return listeners.stream()
        .filter(
            it ->
                Named.of(it.getSpec().loadBalancerRef(), it.getMetadata().getNamespace())
                    .equals(balancer))
        .toList();
  }

  public static List<Named> targetGroupsOf(Collection<Listener> listeners) {
    return listeners.stream()
        .flatMap(it -> Named.targetGroups(it.getSpec(), it.getMetadata().getNamespace()).stream())
        .distinct()
        .toList();
  }

  private static <T> void add(List<T> list, @Nullable T object) {
    if (object != null) {
      list.add(object);
    }
  }

  /** Null: it does not exist, or is not to be seen. */
  private <T extends HasMetadata> @Nullable T readable(Class<T> kind, Named name) {
    try {
      return get(kind, name);
    } catch (KubernetesClientException e) {
      if (Refusal.forbidden(e)) {
        return null;
      }
      throw e;
    }
  }

  private <T extends HasMetadata> @Nullable T get(Class<T> kind, Named name) {
    return client.resources(kind).inNamespace(name.namespace()).withName(name.name()).get();
  }
}
