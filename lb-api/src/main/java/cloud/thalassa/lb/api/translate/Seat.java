package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.crds.Subnet;
import io.fabric8.kubernetes.api.model.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * A Subnet as one VPC sees it: a Subnet may be open to many, and clients want every subnet to be in
 * one VPC.
 *
 * @param subnet null: what load balancers are on that are on no Subnet, which every VPC has
 */
public record Seat(Namespace vpc, @Nullable Subnet subnet) {
  private static final String NONE = "default";

  public String identity() {
    return Identity.derived(
        "subnet", (subnet == null ? NONE : Identity.seed(subnet)) + "@" + Identity.seed(vpc));
  }

  String name() {
    return subnet == null ? NONE : Heads.name(subnet);
  }

  /** The name of the Subnet. */
  String subnetName() {
    return subnet == null ? NONE : subnet.getMetadata().getName();
  }

  String slug() {
    return subnetName() + "-" + vpc.getMetadata().getName();
  }

  Ref ref() {
    return new Ref(identity(), name(), slug());
  }

  boolean is(String identityOrSlug) {
    return identity().equals(identityOrSlug) || slug().equals(identityOrSlug);
  }
}
