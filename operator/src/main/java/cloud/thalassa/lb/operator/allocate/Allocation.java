package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.Age;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Verdict;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One round of a Subnet with pools: who of those that lack an address gets which one. */
public final class Allocation {
  private final Subnet subnet;
  private final Pools pools;
  private final Function<IpAddress, @Nullable AddressClaim> claimOn;

  /** Asked for or remembered by somebody: for others only when nothing else is left. */
  private final Set<IpAddress> spokenFor = new HashSet<>();

  private final Set<IpAddress> given = new HashSet<>();
  private final Set<String> adopted = new HashSet<>();
  private final Map<Boolean, Cursor> free = new HashMap<>();
  private final List<AddressClaim> create = new ArrayList<>();
  private final List<AddressClaim> adopt = new ArrayList<>();
  private final Map<Ref, Problem> refused = new HashMap<>();

  private Allocation(Subnet subnet, Function<IpAddress, @Nullable AddressClaim> claimOn) {
    this.subnet = subnet;
    this.pools = Pools.of(subnet);
    this.claimOn = claimOn;
  }

  /**
   * What is to be done.
   *
   * @param create claims that do not exist
   * @param adopt claims of earlier objects that came back, and reservations that are requested by
   *     whom they are for; in their new form
   * @param refused those that stay without an address that they cannot do without, and why
   */
  public record Outcome(
      List<AddressClaim> create, List<AddressClaim> adopt, Map<Ref, Problem> refused) {
    public Outcome {
      create = List.copyOf(create);
      adopt = List.copyOf(adopt);
      refused = Map.copyOf(refused);
    }
  }

  /**
   * The oldest load balancer chooses first.
   *
   * @param verdict on the Subnet: one that is refused gives nothing
   * @param candidates the load balancers that belong on the Subnet, whether or not they lack an
   *     address
   * @param claimOn the claim on an address, of any Subnet; null: the address is free
   */
  public static Outcome of(
      Subnet subnet,
      Verdict verdict,
      Collection<Candidate> candidates,
      Function<IpAddress, @Nullable AddressClaim> claimOn) {
    var allocation = new Allocation(subnet, claimOn);
    candidates.stream().map(Candidate::loadBalancer).forEach(allocation::listen);
    candidates.stream()
        .sorted(Comparator.comparing(Candidate::loadBalancer, Age.OLDEST_FIRST))
        .forEach(one -> allocation.serve(one, verdict));
    return new Outcome(allocation.create, allocation.adopt, allocation.refused);
  }

  private void listen(LoadBalancer lb) {
    var status = lb.getStatus();
    var remembered = status == null ? List.<Address>of() : status.addresses();
    Stream.concat(lb.getSpec().addresses().stream(), remembered.stream().map(Address::ip))
        .map(IpAddress::parse)
        .filter(Objects::nonNull)
        .forEach(spokenFor::add);
  }

  private void serve(Candidate candidate, Verdict verdict) {
    var lb = candidate.loadBalancer();
    var name = subnet.getMetadata().getName();
    var holding = Holding.of(lb, name, Placement.needs(lb, subnet), candidate.claims());
    var inheritance = holding.inheritance(name);
    inheritance.values().forEach(claim -> adopt.add(Claims.adopted(claim, lb)));
    var taken = new ArrayList<IpAddress>();
    var reserved = new ArrayList<AddressClaim>();
    for (var need : holding.unmet()) {
      if (inheritance.containsKey(need)) {
        continue;
      }
      var reservation = reservation(need, candidate.namespaceLabels());
      if (reservation != null && adopted.add(reservation.getMetadata().getName())) {
        reserved.add(reservation);
        continue;
      }
      var refusals = new Refusals(subnet, need);
      var found = verdict.accepted() ? find(lb, need) : null;
      if (found != null && given.add(found)) {
        taken.add(found);
      } else if (need.required()) {
        giveBack(taken); // all or nothing: it would keep from others what it cannot use
        reserved.forEach(it -> adopted.remove(it.getMetadata().getName()));
        refused.put(Ref.of(lb), refusals.why(lb, pools, verdict, claimOn));
        return;
      }
    }
    taken.forEach(address -> create.add(Claims.of(name, address, lb)));
    reserved.forEach(claim -> adopt.add(Claims.adopted(claim, lb)));
  }

  /** Of this Subnet, for such a namespace, and free; null: there is none on what is requested. */
  private @Nullable AddressClaim reservation(Need need, Map<String, String> namespaceLabels) {
    var claim = need.requested() == null ? null : claimOn.apply(need.requested());
    return claim != null
            && Claims.isOn(claim, subnet.getMetadata().getName())
            && Claims.waitsFor(claim, namespaceLabels)
        ? claim
        : null;
  }

  private @Nullable IpAddress find(LoadBalancer lb, Need need) {
    var requested = need.requested();
    if (requested != null) {
      return pools.contains(requested) && isFree(requested) ? requested : null;
    }
    var status = lb.getStatus();
    var before = status == null ? List.<Address>of() : status.addresses();
    return before.stream()
        .map(address -> IpAddress.parse(address.ip()))
        .filter(Objects::nonNull)
        .filter(address -> address.v6() == need.v6() && pools.contains(address) && isFree(address))
        .findFirst()
        .orElseGet(() -> any(need.v6()));
  }

  private @Nullable IpAddress any(boolean v6) {
    var next =
        free.computeIfAbsent(v6, pools::cursor)
            .next(address -> isFree(address) && !spokenFor.contains(address));
    if (next != null) {
      return next;
    }
    return spokenFor.stream()
        .filter(address -> address.v6() == v6 && pools.contains(address) && isFree(address))
        .min(Comparator.comparing(IpAddress::text))
        .orElse(null);
  }

  /** The cursor has passed them, so that they are looked for like those that are spoken for. */
  private void giveBack(List<IpAddress> addresses) {
    given.removeAll(addresses);
    spokenFor.addAll(addresses);
  }

  private boolean isFree(IpAddress address) {
    return !given.contains(address) && claimOn.apply(address) == null;
  }
}
