package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.RuleProtocol;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupSpec.Rule;
import cloud.thalassa.lb.crds.address.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Rules of one group that never decide anything, because a single rule that comes before matches
 * all that they match. Legal, and most likely not what was meant. Cost: with s sources in the whole
 * group O(s²), and a group has at most 1000.
 */
public final class ShadowedRules {
  private ShadowedRules() {}

  /** A sentence for each, in the order of the group, whose rules must be valid. */
  public static List<String> in(SecurityGroup group) {
    var ingress = group.getSpec().ingress();
    var asked =
        IntStream.range(0, ingress.size())
            .mapToObj(i -> new Place(i, ingress.get(i)))
            .sorted(Comparator.comparing(Place::rule, Screening.FIRST_ASKED))
            .toList();
    var sentences = new String[ingress.size()];
    var before = new ArrayList<Place>();
    for (var place : asked) {
      before.stream()
          .filter(earlier -> earlier.covers(place))
          .findFirst()
          .ifPresent(earlier -> sentences[place.index] = sentence(place, earlier));
      if (sentences[place.index] == null) {
        before.add(place); // whom a shadowed rule covers, the one before it covers too
      }
    }
    return Arrays.stream(sentences).filter(Objects::nonNull).toList();
  }

  private static String sentence(Place shadowed, Place earlier) {
    return ("ingress[%d]: rule %s never decides, because rule %s, which comes first, matches"
            + " whatever it matches: remove it, or give it a smaller priority.")
        .formatted(shadowed.index, shadowed.rule.name(), earlier.rule.name());
  }

  /** A rule, where it stands in its group, and its sources. */
  private record Place(int index, Rule rule, List<Cidr> sources) {
    Place(int index, Rule rule) {
      this(
          index,
          rule,
          rule.sources().stream().map(Cidr::parse).map(Objects::requireNonNull).toList());
    }

    boolean covers(Place other) {
      return coversProtocol(other.rule.protocol())
          && coversPorts(other.rule)
          && coversSources(other.sources);
    }

    private boolean coversProtocol(RuleProtocol other) {
      return rule.protocol() == RuleProtocol.ALL || rule.protocol() == other;
    }

    private boolean coversPorts(Rule other) {
      var own = rule.ports();
      if (own == null) {
        return true;
      }
      var ports = other.ports();
      int from = ports == null ? 1 : ports.from();
      int to = ports == null ? 65_535 : ports.to();
      return own.from() <= from && to <= own.to();
    }

    /** No sources: everybody. */
    private boolean coversSources(List<Cidr> others) {
      return sources.isEmpty()
          || (!others.isEmpty()
              && others.stream()
                  .allMatch(other -> sources.stream().anyMatch(own -> own.contains(other))));
    }
  }
}
