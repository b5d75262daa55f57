package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.AddressClaimSpec;
import cloud.thalassa.lb.crds.AddressClaimSpec.Holder;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Selector;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What AddressClaims say. */
public final class Claims {
  private Claims() {}

  /**
   * The name of the claim on an address: an IPv4 address as it is, an IPv6 address in full, because
   * a name neither holds colons nor ends with a dash.
   */
  public static String name(IpAddress address) {
    if (!address.v6()) {
      return address.text();
    }
    var bytes = address.value().getAddress();
    return IntStream.range(0, 8)
        .mapToObj(group -> HexFormat.of().formatHex(bytes, 2 * group, 2 * group + 2))
        .collect(Collectors.joining("-"));
  }

  static AddressClaim of(String subnet, IpAddress address, LoadBalancer holder) {
    var claim = new AddressClaim();
    claim.setMetadata(new ObjectMetaBuilder().withName(name(address)).build());
    claim.setSpec(new AddressClaimSpec(subnet, address.text(), holder(holder)));
    return claim;
  }

  /** The load balancer that has the address, whether or not it exists; empty: it is reserved. */
  public static Optional<Ref> holder(AddressClaim claim) {
    return Optional.ofNullable(claim.getSpec())
        .map(AddressClaimSpec::loadBalancer)
        .map(holder -> new Ref(holder.namespace(), holder.name()));
  }

  /** Whether it was made for this very object, and not for an earlier one of its name. */
  public static boolean isOf(AddressClaim claim, LoadBalancer lb) {
    return holder(lb).equals(claim.getSpec().loadBalancer());
  }

  /** The same claim for a load balancer that came back under its name, or that it waited for. */
  static AddressClaim adopted(AddressClaim claim, LoadBalancer lb) {
    return heldBy(holder(lb), claim);
  }

  /** What is left of a claim that nobody needs; empty: nothing, for it reserves nothing. */
  public static Optional<AddressClaim> released(AddressClaim claim) {
    return isReservation(claim) ? Optional.of(heldBy(null, claim)) : Optional.empty();
  }

  private static AddressClaim heldBy(@Nullable Holder holder, AddressClaim claim) {
    var spec = claim.getSpec();
    var next = new AddressClaim();
    next.setMetadata(new ObjectMetaBuilder(claim.getMetadata()).build());
    next.setSpec(new AddressClaimSpec(spec.subnet(), spec.address(), holder, spec.reservedFor()));
    return next;
  }

  /** Whether the address stays reserved when its load balancer goes. */
  static boolean isReservation(AddressClaim claim) {
    return claim.getSpec().reservedFor() != null;
  }

  /** Whether the address waits for a load balancer of a namespace with these labels. */
  static boolean waitsFor(AddressClaim claim, Map<String, String> namespaceLabels) {
    return holder(claim).isEmpty()
        && Selector.matches(claim.getSpec().reservedFor(), namespaceLabels);
  }

  static boolean isOn(AddressClaim claim, String subnet) {
    return Objects.equals(claim.getSpec().subnet(), subnet);
  }

  private static Holder holder(LoadBalancer lb) {
    var metadata = lb.getMetadata();
    return new Holder(metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }
}
