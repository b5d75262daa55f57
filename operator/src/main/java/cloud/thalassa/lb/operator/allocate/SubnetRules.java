package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a Subnet can be used, by itself and beside the others. */
public final class SubnetRules {
  static final Comparator<Subnet> OLDEST_FIRST =
      Comparator.<Subnet, String>comparing(
              it -> Objects.requireNonNullElse(it.getMetadata().getCreationTimestamp(), "~"))
          .thenComparing(it -> it.getMetadata().getName());

  private SubnetRules() {}

  /** Everything that is wrong with it. */
  public static Verdict judge(Subnet subnet, Collection<Subnet> all, Site site) {
    var pools = judgePools(subnet, all, site);
    return pools.accepted() ? rivalry(subnet, all) : pools;
  }

  /** While its pools are refused it gives no addresses; those that it gave stay. */
  public static Verdict judgePools(Subnet subnet, Collection<Subnet> all, Site site) {
    var invalid = invalid(subnet.getSpec().addressPools(), site);
    if (!invalid.isEmpty()) {
      return refused(Reason.INVALID, String.join(" ", invalid));
    }
    var overlap =
        all.stream()
            .filter(other -> OLDEST_FIRST.compare(other, subnet) < 0)
            .sorted(OLDEST_FIRST)
            .map(older -> overlap(subnet, older))
            .filter(Objects::nonNull)
            .findFirst();
    return overlap
        .map(sentence -> refused(Reason.CONFLICTED, sentence))
        .orElseGet(() -> Verdict.of(List.of()));
  }

  /** Two defaults do no harm, but one of them is not what its owner thinks. */
  private static Verdict rivalry(Subnet subnet, Collection<Subnet> all) {
    if (!subnet.getSpec().byDefault()) {
      return Verdict.of(List.of());
    }
    return all.stream()
        .filter(other -> other.getSpec().byDefault())
        .filter(other -> other.getSpec().scheme() == subnet.getSpec().scheme())
        .filter(other -> OLDEST_FIRST.compare(other, subnet) < 0)
        .min(OLDEST_FIRST)
        .map(
            older ->
                refused(
                    Reason.CONFLICTED,
                    "default: the older Subnet %s is the default of this scheme: set default to false here or there."
                        .formatted(older.getMetadata().getName())))
        .orElseGet(() -> Verdict.of(List.of()));
  }

  private static List<String> invalid(List<String> pools, Site site) {
    var problems = new ArrayList<String>();
    for (int i = 0; i < pools.size(); i++) {
      var problem = AddressRange.problem(pools.get(i), site);
      if (problem != null) {
        problems.add("addressPools[%d]: %s.".formatted(i, problem));
        continue;
      }
      var range = AddressRange.parse(pools.get(i));
      for (int j = 0; j < i; j++) {
        var earlier = AddressRange.parse(pools.get(j));
        if (earlier != null && range != null && range.overlaps(earlier)) {
          problems.add(
              "addressPools[%d]: %s overlaps %s, which is addressPools[%d]: give every address once."
                  .formatted(i, pools.get(i), pools.get(j), j));
        }
      }
    }
    return problems;
  }

  private static @Nullable String overlap(Subnet subnet, Subnet older) {
    var pools = subnet.getSpec().addressPools();
    for (int i = 0; i < pools.size(); i++) {
      var range = Objects.requireNonNull(AddressRange.parse(pools.get(i)));
      for (var pool : older.getSpec().addressPools()) {
        var other = AddressRange.parse(pool);
        if (other != null && range.overlaps(other)) {
          return "addressPools[%d]: %s overlaps %s of the older Subnet %s: give every address to one Subnet."
              .formatted(i, pools.get(i), pool, older.getMetadata().getName());
        }
      }
    }
    return null;
  }

  private static Verdict refused(Reason reason, String sentence) {
    return Verdict.of(List.of(new Problem(ConditionType.ACCEPTED, reason, sentence)));
  }
}
