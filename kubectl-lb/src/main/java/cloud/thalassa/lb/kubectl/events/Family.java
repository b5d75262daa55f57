package cloud.thalassa.lb.kubectl.events;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LocalRef;
import cloud.thalassa.lb.kubectl.view.Named;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer and all that belongs to it: what its users wrote for it, what the operator made
 * for it, and the Service or Gateway for which it is made. Objects that are gone belong to it too:
 * their names say so.
 */
public final class Family {
  /** Kubernetes names ReplicaSets and pods with these, which spell no words. */
  private static final String RANDOM = "[bcdfghjklmnpqrstvwxz2456789]{1,10}";

  private static final List<String> CHILDREN =
      List.of(
          "Deployment",
          "Service",
          "PodDisruptionBudget",
          "NetworkPolicy",
          "ServiceAccount",
          "RoleBinding");

  private final Named self;
  private final Set<Member> members = new HashSet<>();
  private final String child;
  private final Pattern replicaSet;
  private final Pattern pod;

  private record Member(String kind, Named name) {}

  /**
   * @param listeners that refer to it
   * @param groups that these refer to
   */
  public Family(LoadBalancer balancer, Collection<Named> listeners, Collection<Named> groups) {
    self = Named.of(balancer);
    child = "lb-" + self.name();
    replicaSet = Pattern.compile(Pattern.quote(child) + "-" + RANDOM);
    pod = Pattern.compile(Pattern.quote(child) + "-" + RANDOM + "-" + RANDOM);
    add("LoadBalancer", self);
    add("ForwardingConfig", self);
    CHILDREN.forEach(kind -> add(kind, new Named(self.namespace(), child)));
    listeners.forEach(it -> add("Listener", it));
    groups.forEach(it -> add("TargetGroup", it));
    if (balancer.getSpec() != null) {
      balancer.getSpec().securityGroupRefs().stream()
          .map(LocalRef::name)
          .forEach(it -> add("SecurityGroup", new Named(self.namespace(), it)));
    }
    var labels = balancer.getMetadata().getLabels();
    if (labels != null) {
      addFront("Service", labels.get(Api.SERVICE_LABEL));
      addFront("Gateway", labels.get(Api.GATEWAY_LABEL));
    }
  }

  /** Where Events about it lie. */
  public Set<String> namespaces() {
    var namespaces = new HashSet<String>();
    members.forEach(it -> namespaces.add(it.name().namespace()));
    return namespaces;
  }

  public boolean has(ObjectReference object) {
    var name = new Named(String.valueOf(object.getNamespace()), String.valueOf(object.getName()));
    if (members.contains(new Member(String.valueOf(object.getKind()), name))) {
      return true;
    }
    return name.namespace().equals(self.namespace())
        && switch (object.getKind()) {
          case "ReplicaSet" -> replicaSet.matcher(name.name()).matches();
          case "Pod" -> pod.matcher(name.name()).matches();
          case null, default -> false;
        };
  }

  private void addFront(String kind, @Nullable String name) {
    if (name != null) {
      add(kind, new Named(self.namespace(), name));
    }
  }

  private void add(String kind, Named name) {
    members.add(new Member(kind, name));
  }
}
