package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.apply.ClaimWriter;
import cloud.thalassa.lb.operator.children.FrontAddresses;
import cloud.thalassa.lb.operator.children.Names;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.AddressInventory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the addresses of a load balancer have to do with its children. */
final class Addresses {
  private final AddressInventory inventory;
  private final Waiting waiting;
  private final Applier applier;
  private final ClaimWriter claims;

  Addresses(AddressInventory inventory, Waiting waiting, Applier applier, ClaimWriter claims) {
    this.inventory = inventory;
    this.waiting = waiting;
    this.applier = applier;
    this.claims = claims;
  }

  /** Null: its Subnet has not decided yet. */
  @Nullable Placement of(LoadBalancer lb) {
    var place = inventory.place(lb);
    if (!place.waits()) {
      return place;
    }
    var why = waiting.why(place.wanted(), Ref.of(lb));
    return why == null ? null : place.refused(why);
  }

  /** The name of the Subnet that it is on, or was on while that existed. */
  @Nullable String subnet(LoadBalancer lb, Placement place) {
    return place.orphaned(lb) && lb.getStatus() != null
        ? lb.getStatus().subnet()
        : place.subnetName();
  }

  /** Whether the object looks as its Subnet says. */
  boolean shapes(HasMetadata child) {
    return child instanceof Service || child instanceof Deployment;
  }

  /** Deletes a Service that cannot become what is desired; returns whether it did. */
  boolean replaced(Service desired, @Nullable Service current) {
    if (current == null || !FrontAddresses.mustBeReplaced(desired, current)) {
      return false;
    }
    applier.delete(current);
    return true;
  }

  /** Lets kube-proxy serve what was allocated, and nothing else. */
  Service serve(Service service, Placement place) {
    var status = FrontAddresses.status(service, place.addresses());
    return status == null ? service : applier.status(status);
  }

  /**
   * The Service of a load balancer that exists or not, as long as it has the address; null: it has
   * not. The API server is asked, because a cache knows only what carries our label, which a tenant
   * may remove.
   */
  @Nullable Service serving(Ref loadBalancer, String address) {
    var name = Names.child(loadBalancer.name());
    var service = claims.service(loadBalancer.namespace(), name);
    return service != null && FrontAddresses.has(service, address) ? service : null;
  }

  /** Lets kube-proxy serve it no longer; false: that is up to a provider that is not us. */
  boolean takeBack(Service service) {
    boolean ours = FrontAddresses.status(service, List.of()) != null;
    if (ours) {
      claims.clear(service);
    }
    return ours;
  }

  /** Gives back what is no longer needed, as soon as the Service does not have it any more. */
  void giveBack(LoadBalancer lb, Placement place) {
    place.surplus().stream()
        .filter(claim -> serving(Ref.of(lb), claim.getSpec().address()) == null)
        .forEach(claims::release);
  }
}
