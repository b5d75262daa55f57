package cloud.thalassa.lb.operator.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.AddressClaimSpec;
import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.SubnetRef;
import cloud.thalassa.lb.crds.SubnetSpec;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Verdict;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final Verdict FINE = Verdict.of(List.of());

  private static final Map<String, String> SHOP = Map.of("owner", "us");

  private final TreeMap<String, AddressClaim> claims = new TreeMap<>();

  @Test
  void twoHundredAtOnceOnAHundredAddresses() {
    var subnet = subnet("203.0.113.1-203.0.113.100");
    var waiting = IntStream.range(0, 200).mapToObj(i -> loadBalancer("lb-" + i, i)).toList();
    var outcome = round(subnet, waiting);
    assertThat(outcome.create()).hasSize(100);
    assertThat(outcome.create())
        .extracting(claim -> claim.getSpec().address())
        .doesNotHaveDuplicates();
    assertThat(outcome.create())
        .extracting(claim -> claim.getSpec().loadBalancer().name())
        .as("the oldest")
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "lb-" + i).toList());
    assertThat(outcome.refused()).hasSize(100);
    assertThat(outcome.refused().values())
        .allSatisfy(why -> assertThat(why.message()).contains("no free IPv4 address"));
  }

  @Test
  void whatIsFreedGoesToTheOldestThatWaits() {
    var subnet = subnet("203.0.113.1-203.0.113.2");
    var all = IntStream.range(0, 4).mapToObj(i -> loadBalancer("lb-" + i, 10 - i)).toList();
    round(subnet, all);
    claims.remove("203.0.113.2");
    var left = all.stream().filter(lb -> !lb.getMetadata().getName().equals("lb-2")).toList();
    var outcome = round(subnet, left);
    assertThat(outcome.create()).hasSize(1);
    assertThat(outcome.create().getFirst().getSpec().address()).isEqualTo("203.0.113.2");
    assertThat(outcome.create().getFirst().getSpec().loadBalancer().name()).isEqualTo("lb-1");
    assertThat(outcome.refused()).containsOnlyKeys(new Ref("shop", "lb-0"));
  }

  @Test
  void aRoundThatChangesNothingSaysTheSame() {
    var subnet = subnet("203.0.113.1-203.0.113.2");
    var all = IntStream.range(0, 4).mapToObj(i -> loadBalancer("lb-" + i, i)).toList();
    var before = round(subnet, all);
    var again = round(subnet, all);
    assertThat(again.create()).isEmpty();
    assertThat(again.refused()).isEqualTo(before.refused());
  }

  @Test
  void aReservationIsForThoseThatItNamesAndStaysWhenTheyGo() {
    var subnet = subnet("203.0.113.1-203.0.113.4");
    reserve("203.0.113.1", "us");
    reserve("203.0.113.2", "others");
    var any = loadBalancer("any", 0);
    var ours = requesting("ours", 1, "203.0.113.1");
    var second = requesting("second", 2, "203.0.113.1");
    var theirs = requesting("theirs", 3, "203.0.113.2");
    var outcome = round(subnet, List.of(any, ours, second, theirs));
    assertThat(outcome.create())
        .extracting(it -> it.getSpec().address())
        .containsExactly("203.0.113.3");
    assertThat(outcome.adopt()).singleElement().isEqualTo(claims.get("203.0.113.1"));
    assertThat(Claims.holder(claims.get("203.0.113.1"))).contains(Ref.of(ours));
    assertThat(outcome.refused()).containsOnlyKeys(Ref.of(second), Ref.of(theirs));
    var free = Claims.released(claims.get("203.0.113.1")).orElseThrow();
    assertThat(free.getSpec().reservedFor()).isNotNull();
    claims.put("203.0.113.1", free);
    assertThat(round(subnet, List.of(any, second)).adopt()).hasSize(1);
    assertThat(Claims.released(claims.get("203.0.113.3"))).as("no reservation").isEmpty();
  }

  @Test
  void whoNoLongerRequestsAReservedAddressGetsAnother() {
    var subnet = subnet("203.0.113.1-203.0.113.4");
    reserve("203.0.113.4", "us");
    round(subnet, List.of(requesting("web", 0, "203.0.113.4")));
    assertThat(Claims.holder(claims.get("203.0.113.4"))).contains(new Ref("shop", "web"));
    var outcome = round(subnet, List.of(loadBalancer("web", 0)));
    assertThat(outcome.create())
        .extracting(claim -> claim.getSpec().address())
        .containsExactly("203.0.113.1");
    assertThat(Holding.of(loadBalancer("web", 0), "public", List.of(), claims.values()).surplus())
        .contains(claims.get("203.0.113.4"));
  }

  @Test
  void anAlmostEndlessPoolCostsWhatIsAskedFor() {
    var subnet = subnet("2001:db8::/32");
    var all = IntStream.range(0, 50).mapToObj(i -> loadBalancer("lb-" + i, i)).toList();
    assertThat(round(subnet, all).create()).hasSize(50);
    assertThat(Pools.of(subnet).available(List.of())).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aRefusedSubnetGivesNothingAndSaysWhy() {
    var subnet = subnet("203.0.113.9-203.0.113.1");
    var verdict =
        SubnetRules.judgePools(
            subnet, List.of(subnet), cloud.thalassa.lb.operator.compile.Site.CLUSTER);
    var outcome = round(subnet, List.of(loadBalancer("web", 0)), verdict);
    assertThat(outcome.create()).isEmpty();
    assertThat(outcome.refused().values())
        .singleElement()
        .satisfies(why -> assertThat(why.message()).contains("ends before it begins"));
  }

  /** Whatever comes and goes: an address has one owner, and nobody has two of a family. */
  @RepeatedTest(20)
  void nothingIsSharedAndNothingIsLost(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var present = new ArrayList<LoadBalancer>();
    for (int step = 0; step < 60; step++) {
      var subnet = subnet("203.0.113.1-203.0.113.6", "2001:db8::1-2001:db8::4");
      if (!present.isEmpty() && random.nextInt(3) == 0) {
        var gone = Ref.of(present.remove(random.nextInt(present.size())));
        claims.values().removeIf(claim -> Claims.holder(claim).filter(gone::equals).isPresent());
      } else {
        present.add(anyLoadBalancer(random, step));
      }
      var outcome = round(subnet, present);
      for (var lb : present) {
        var refused = outcome.refused().containsKey(Ref.of(lb));
        var holding = Holding.of(lb, "public", Placement.needs(lb, subnet), claimsOf(lb));
        assertThat(holding.suffices()).as(lb.getMetadata().getName()).isEqualTo(!refused);
        assertThat(holding.surplus()).isEmpty();
      }
      var free = Pools.of(subnet).available(addresses());
      var anyWaits =
          present.stream()
              .filter(lb -> outcome.refused().containsKey(Ref.of(lb)))
              .anyMatch(lb -> lb.getSpec().addresses().isEmpty() && single(lb));
      assertThat(anyWaits && freeOf(subnet) > 0).as("%d free, yet somebody waits", free).isFalse();
    }
  }

  private long freeOf(Subnet subnet) {
    return IntStream.rangeClosed(1, 6).filter(i -> !claims.containsKey("203.0.113." + i)).count();
  }

  private static boolean single(LoadBalancer lb) {
    return lb.getSpec().ipFamilyPolicy() == IpFamilyPolicy.SINGLE_STACK;
  }

  private Collection<IpAddress> addresses() {
    var addresses = new HashSet<IpAddress>();
    claims.values().forEach(claim -> addresses.add(IpAddress.parse(claim.getSpec().address())));
    return addresses;
  }

  private Allocation.Outcome round(Subnet subnet, List<LoadBalancer> all) {
    return round(subnet, all, FINE);
  }

  private Allocation.Outcome round(Subnet subnet, List<LoadBalancer> all, Verdict verdict) {
    var candidates = all.stream().map(lb -> new Candidate(lb, claimsOf(lb), SHOP)).toList();
    var outcome =
        Allocation.of(subnet, verdict, candidates, address -> claims.get(Claims.name(address)));
    for (var claim : outcome.create()) {
      assertThat(claims.putIfAbsent(claim.getMetadata().getName(), claim)).isNull();
    }
    outcome.adopt().forEach(claim -> claims.put(claim.getMetadata().getName(), claim));
    return outcome;
  }

  private List<AddressClaim> claimsOf(LoadBalancer lb) {
    var ref = Ref.of(lb);
    return claims.values().stream()
        .filter(claim -> Claims.holder(claim).filter(ref::equals).isPresent())
        .toList();
  }

  private static Subnet subnet(String... pools) {
    var subnet = new Subnet();
    subnet.setMetadata(new ObjectMetaBuilder().withName("public").build());
    subnet.setSpec(new SubnetSpec(null, null, null, List.of(pools), null, null));
    return subnet;
  }

  private static LoadBalancer anyLoadBalancer(Random random, int step) {
    var policy = IpFamilyPolicy.values()[random.nextInt(3)];
    var requested =
        random.nextInt(4) == 0
            ? List.of("203.0.113." + (1 + random.nextInt(7)))
            : List.<String>of();
    return loadBalancer("lb-" + step, random.nextInt(100), policy, requested);
  }

  private void reserve(String address, String owner) {
    var claim = new AddressClaim();
    claim.setMetadata(new ObjectMetaBuilder().withName(address).build());
    var whom = new LabelSelectorBuilder().addToMatchLabels("owner", owner).build();
    claim.setSpec(new AddressClaimSpec("public", address, null, whom));
    claims.put(address, claim);
  }

  private static LoadBalancer requesting(String name, int age, String address) {
    return loadBalancer(name, age, IpFamilyPolicy.SINGLE_STACK, List.of(address));
  }

  private static LoadBalancer loadBalancer(String name, int age) {
    return loadBalancer(name, age, IpFamilyPolicy.SINGLE_STACK, List.of());
  }

  private static LoadBalancer loadBalancer(
      String name, int second, IpFamilyPolicy policy, List<String> requested) {
    var lb = new LoadBalancer();
    lb.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName(name)
            .withUid("uid-" + name)
            .withCreationTimestamp(Instant.ofEpochSecond(second).toString())
            .build());
    lb.setSpec(
        new LoadBalancerSpec(
            null,
            new SubnetRef("public"),
            Objects.requireNonNull(requested),
            policy,
            2,
            null,
            null,
            null));
    return lb;
  }
}
