package cloud.thalassa.lb.kubectl.cluster;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.kubectl.diff.World;
import cloud.thalassa.lb.kubectl.view.Named;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What there is in some namespaces, and in all to which these refer. */
public final class Surroundings {
  private final Objects objects;
  private final List<HasMetadata> found = new ArrayList<>();
  private final List<HealthReport> reports = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> withoutGrants = new ArrayList<>();

  private Surroundings(Connection connection) {
    this.objects = new Objects(connection);
  }

  /**
   * Reads them.
   *
   * @param written listeners that are not in the cluster yet, which may refer to other namespaces
   */
  public static Surroundings of(
      Connection connection, Collection<String> namespaces, Collection<Listener> written) {
    var surroundings = new Surroundings(connection);
    var waiting = new ArrayDeque<>(namespaces);
    written.forEach(it -> waiting.addAll(references(it)));
    var seen = new HashSet<String>();
    while (!waiting.isEmpty()) {
      var namespace = waiting.remove();
      if (seen.add(namespace)) {
        waiting.addAll(surroundings.read(namespace, namespaces.contains(namespace)));
      }
    }
    if (seen.size() > 1 && !surroundings.withoutGrants.isEmpty()) {
      surroundings.notes.add(
          "the ReferenceGrants of %s cannot be read: references to other namespaces count as not allowed."
              .formatted(String.join(", ", surroundings.withoutGrants)));
    }
    return surroundings;
  }

  public World world() {
    return new World(found, reports);
  }

  /** What was not to be seen, as sentences. */
  public List<String> notes() {
    return notes;
  }

  /** The namespaces to which this one refers. */
  private Set<String> read(String namespace, boolean needed) {
    try {
      found.addAll(objects.list(LoadBalancer.class, namespace));
      var listeners = objects.list(Listener.class, namespace);
      found.addAll(listeners);
      found.addAll(objects.list(TargetGroup.class, namespace));
      found.addAll(objects.list(SecurityGroup.class, namespace));
      found.addAll(objects.list(Pod.class, namespace));
      reports.addAll(objects.list(HealthReport.class, namespace));
      grants(namespace);
      var others = new HashSet<String>();
      listeners.forEach(it -> others.addAll(references(it)));
      return others;
    } catch (KubernetesClientException e) {
      if (needed || !Refusal.forbidden(e)) {
        throw e;
      }
      notes.add("namespace " + namespace + " cannot be read: what it has is not considered.");
      return Set.of();
    }
  }

  /** They belong to no tenant, and the cluster may not even know them. */
  private void grants(String namespace) {
    try {
      found.addAll(objects.list(ReferenceGrant.class, namespace));
    } catch (KubernetesClientException e) {
      if (Refusal.forbidden(e)) {
        withoutGrants.add(namespace);
      } else if (!Refusal.notFound(e)) {
        throw e;
      }
    }
  }

  private static Set<String> references(Listener listener) {
    var home = listener.getMetadata().getNamespace();
    var names = new HashSet<String>();
    Stream.concat(
            Stream.of(Named.of(listener.getSpec().loadBalancerRef(), home)),
            Named.targetGroups(listener.getSpec(), home).stream())
        .map(Named::namespace)
        .forEach(names::add);
    return names;
  }
}
