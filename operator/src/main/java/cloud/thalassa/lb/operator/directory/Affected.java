package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.Manifest;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Selector;
import cloud.thalassa.lb.operator.observe.Inventory;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which load balancers may mean something else after objects changed. */
final class Affected {
  private final Set<Ref> loadBalancers = new HashSet<>();

  private Affected() {}

  /** To be asked of the objects before and after: a reference may have pointed elsewhere. */
  static Set<Ref> by(
      Set<Identity> changed, Map<Identity, Manifest> manifests, InventorySnapshot inventory) {
    var affected = new Affected();
    for (var identity : changed) {
      var manifest = manifests.get(identity);
      if (manifest != null) {
        affected.add(manifest, inventory);
      }
    }
    return affected.loadBalancers;
  }

  private void add(Manifest manifest, InventorySnapshot inventory) {
    var object = manifest.object();
    var namespace = manifest.identity().namespace();
    var ref = new Ref(namespace, manifest.identity().name());
    switch (manifest.identity().kind()) {
      case "LoadBalancer" -> loadBalancers.add(ref);
      case "Listener" -> loadBalancers.add(Inventory.loadBalancerOf((Listener) object));
      case "TargetGroup" -> loadBalancers.addAll(inventory.loadBalancersUsing(ref));
      case "SecurityGroup" ->
          inventory.loadBalancersAttaching(ref).forEach(user -> loadBalancers.add(Ref.of(user)));
      case "Pod" -> addUsersOf((Pod) object, inventory);
      case "ReferenceGrant" -> addReferrersTo(namespace, inventory);
      default -> {}
    }
  }

  private void addUsersOf(Pod pod, InventorySnapshot inventory) {
    var labels =
        pod.getMetadata().getLabels() == null
            ? Map.<String, String>of()
            : pod.getMetadata().getLabels();
    for (var group : inventory.targetGroups()) {
      var selector = group.getSpec().selector();
      if (selector != null
          && group.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
          && Selector.matches(selector, labels)) {
        loadBalancers.addAll(inventory.loadBalancersUsing(Ref.of(group)));
      }
    }
  }

  private void addReferrersTo(String namespace, InventorySnapshot inventory) {
    inventory.loadBalancers().stream()
        .map(Ref::of)
        .filter(
            loadBalancer ->
                loadBalancer.namespace().equals(namespace)
                    || inventory.listenersOf(loadBalancer).stream()
                        .flatMap(listener -> Inventory.targetGroupsOf(listener).stream())
                        .anyMatch(group -> group.namespace().equals(namespace)))
        .forEach(loadBalancers::add);
  }
}
