package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.operator.compile.Ref;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a load balancer needs of its Subnet, and which claims give it. */
final class Holding {
  private final List<Need> needs;
  private final List<AddressClaim> mine;

  /** Claims under its name that were made for an earlier object. */
  private final List<AddressClaim> inherited;

  private final Map<Need, AddressClaim> met = new HashMap<>();

  private Holding(List<Need> needs, List<AddressClaim> mine, List<AddressClaim> inherited) {
    this.needs = needs;
    this.mine = mine;
    this.inherited = inherited;
  }

  /**
   * @param claims all that name it
   */
  static Holding of(
      LoadBalancer lb, String subnet, List<Need> needs, Collection<AddressClaim> claims) {
    var ref = Optional.of(Ref.of(lb));
    var named = claims.stream().filter(claim -> Claims.holder(claim).equals(ref)).toList();
    var order =
        Comparator.comparing((AddressClaim claim) -> !inUse(lb, claim))
            .thenComparing(claim -> claim.getMetadata().getName());
    var mine = named.stream().filter(it -> Claims.isOf(it, lb)).sorted(order).toList();
    var inherited = named.stream().filter(it -> !Claims.isOf(it, lb)).sorted(order).toList();
    var holding = new Holding(needs, mine, inherited);
    for (var need : needs) {
      mine.stream()
          .filter(claim -> Claims.isOn(claim, subnet) && need.isMetBy(claim))
          .findFirst()
          .ifPresent(claim -> holding.met.put(need, claim));
    }
    return holding;
  }

  List<Need> unmet() {
    return needs.stream().filter(need -> !met.containsKey(need)).toList();
  }

  /** Whether it has all that it cannot do without. */
  boolean suffices() {
    return needs.stream().allMatch(need -> !need.required() || met.containsKey(need));
  }

  /** While it has not got what it now asks for, it keeps what it had. */
  List<AddressClaim> serving() {
    var serving = new ArrayList<AddressClaim>();
    needs.stream().filter(met::containsKey).forEach(need -> serving.add(met.get(need)));
    if (!suffices()) {
      for (var claim : kept()) {
        if (serving.stream().noneMatch(other -> sameFamily(claim, other))) {
          serving.add(claim);
        }
      }
    }
    return serving;
  }

  /** What it has, whatever it needs: one of each family, those in use first. */
  List<AddressClaim> kept() {
    var kept = new ArrayList<AddressClaim>();
    for (var claim : mine) {
      if (kept.stream().noneMatch(other -> sameFamily(claim, other))) {
        kept.add(claim);
      }
    }
    return kept;
  }

  /** What it can give back. */
  List<AddressClaim> surplus() {
    return suffices()
        ? mine.stream().filter(claim -> !met.containsValue(claim)).toList()
        : List.of();
  }

  /** The claims that an earlier object of its name left, and that are what it still needs. */
  Map<Need, AddressClaim> inheritance(String subnet) {
    var inheritance = new HashMap<Need, AddressClaim>();
    for (var need : unmet()) {
      inherited.stream()
          .filter(claim -> Claims.isOn(claim, subnet) && need.isMetBy(claim))
          .findFirst()
          .ifPresent(claim -> inheritance.put(need, claim));
    }
    return inheritance;
  }

  private static boolean inUse(LoadBalancer lb, AddressClaim claim) {
    var status = lb.getStatus();
    return status != null
        && status.addresses().stream().map(Address::ip).anyMatch(claim.getSpec().address()::equals);
  }

  private static boolean sameFamily(AddressClaim a, AddressClaim b) {
    return a.getSpec().address().contains(":") == b.getSpec().address().contains(":");
  }
}
