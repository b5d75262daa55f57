package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.SubnetSpec;
import cloud.thalassa.lb.operator.compile.Seat;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a load balancer is, and which addresses of pools it serves.
 *
 * @param wanted the name of the Subnet that it is meant to be on; null: none
 * @param subnet the Subnet that it is on: another one, while that is where its address is
 * @param serving the claims on its addresses, the primary family first; empty: none, or the
 *     cluster's provider gives them
 * @param surplus claims that it no longer needs
 * @param inheritance claims of an earlier object of its name that it needs
 * @param sufficient whether it has all the addresses that it asks for, as far as pools give them
 * @param problem why it is not where it is meant to be; null: it is, or may yet be
 */
public record Placement(
    @Nullable String wanted,
    @Nullable Subnet subnet,
    List<AddressClaim> serving,
    List<AddressClaim> surplus,
    List<AddressClaim> inheritance,
    boolean sufficient,
    @Nullable Problem problem) {

  /** On no Subnet. */
  public static final Placement NONE =
      new Placement(null, null, List.of(), List.of(), List.of(), true, null);

  public Placement {
    serving = List.copyOf(serving);
    surplus = List.copyOf(surplus);
    inheritance = List.copyOf(inheritance);
  }

  /**
   * Where a load balancer belongs, and what it has there.
   *
   * @param claims all that name the load balancer
   * @param namespaceLabels the labels of its namespace; null: nobody knows them
   */
  public static Placement of(
      LoadBalancer lb,
      Collection<AddressClaim> claims,
      Collection<Subnet> subnets,
      @Nullable Map<String, String> namespaceLabels) {
    var choice = Choice.of(lb, claims, subnets, namespaceLabels);
    var name = choice.name();
    var subnet = choice.subnet();
    if (name == null) {
      return new Placement(null, null, List.of(), mine(lb, claims), List.of(), true, null);
    }
    if (subnet == null || choice.problem() != null) {
      var kept = Holding.of(lb, name, List.of(), claims).kept();
      var home = home(lb, kept, subnets, null);
      return new Placement(name, home, kept, List.of(), List.of(), false, choice.problem());
    }
    var holding = Holding.of(lb, name, needs(lb, subnet), claims);
    var serving = holding.serving();
    return new Placement(
        name,
        holding.suffices() ? subnet : home(lb, serving, subnets, subnet),
        serving,
        holding.surplus(),
        List.copyOf(holding.inheritance(name).values()),
        holding.suffices(),
        null);
  }

  /** Whether the claim of an earlier object is to become its own. */
  public boolean inherits(AddressClaim claim) {
    var name = claim.getMetadata().getName();
    return inheritance.stream().anyMatch(one -> one.getMetadata().getName().equals(name));
  }

  /** By what load balancers are found for a Subnet: one of {@link #keys}. */
  public static String key(LoadBalancer lb) {
    return Choice.key(lb);
  }

  /** Under what the load balancers are found that may be on the Subnet. */
  public static List<String> keys(Subnet subnet) {
    var name = subnet.getMetadata().getName();
    return subnet.getSpec().byDefault()
        ? List.of(name, Choice.byDefault(subnet.getSpec().scheme()))
        : List.of(name);
  }

  /** Under what the load balancers are found that name no Subnet. */
  public static String byDefault(Scheme scheme) {
    return Choice.byDefault(scheme);
  }

  /** The same with what the round of its Subnet found. */
  public Placement refused(Problem why) {
    return new Placement(wanted, subnet, serving, surplus, inheritance, sufficient, why);
  }

  /** Whether its Subnet has yet to decide. */
  public boolean waits() {
    return problem == null && !sufficient;
  }

  /** Whether it cannot be reached, now or as it was before. */
  public boolean nowhere(LoadBalancer lb) {
    return (problem != null || !sufficient)
        && serving.isEmpty()
        && (lb.getStatus() == null || lb.getStatus().addresses().isEmpty());
  }

  /** Whether the Subnet that gave its address is gone, so that nobody knows how it is served. */
  public boolean orphaned(LoadBalancer lb) {
    return subnet == null
        && (!serving.isEmpty() || (Choice.hasAddress(lb) && lb.getStatus().subnet() != null));
  }

  /** What a dataplane is to serve. */
  public Seat seat(LoadBalancer lb) {
    return new Seat(addresses(), nowhere(lb) ? problem : null);
  }

  public @Nullable SubnetSpec spec() {
    return subnet == null ? null : subnet.getSpec();
  }

  public @Nullable String subnetName() {
    return subnet == null ? null : subnet.getMetadata().getName();
  }

  /** Whether its addresses come from pools, whoever announces them. */
  public boolean pooled() {
    return subnet != null && !subnet.getSpec().addressPools().isEmpty();
  }

  public List<String> addresses() {
    return serving.stream().map(claim -> claim.getSpec().address()).toList();
  }

  static List<Need> needs(LoadBalancer lb, Subnet subnet) {
    return subnet.getSpec().addressPools().isEmpty() ? List.of() : Need.of(lb, Pools.of(subnet));
  }

  private static List<AddressClaim> mine(LoadBalancer lb, Collection<AddressClaim> claims) {
    return Holding.of(lb, "", List.of(), claims).surplus();
  }

  /** Where its address is, and so where it stays until it has another one. */
  private static @Nullable Subnet home(
      LoadBalancer lb,
      List<AddressClaim> serving,
      Collection<Subnet> subnets,
      @Nullable Subnet otherwise) {
    if (!serving.isEmpty()) {
      return Choice.find(subnets, serving.getFirst().getSpec().subnet());
    }
    if (!Choice.hasAddress(lb)) {
      return otherwise;
    }
    var before = lb.getStatus().subnet();
    return before == null ? null : Choice.find(subnets, before);
  }
}
