package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.apply.ClaimWriter;
import cloud.thalassa.lb.operator.children.FrontAddresses;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.AddressInventory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
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

  /** Gives back what is no longer needed, as soon as the Service does not have it any more. */
  void giveBack(Placement place, @Nullable Service service) {
    place.surplus().stream()
        .filter(claim -> service == null || !FrontAddresses.has(service, claim.getSpec().address()))
        .forEach(claims::release);
  }
}
