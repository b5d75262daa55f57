package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.address.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Networks that may connect.
 *
 * @param cidrs each once, in the order in which they were named; null: nobody said, so everybody
 * @param problems what in the list cannot be read, as sentences without a full stop
 */
record Networks(@Nullable List<Cidr> cidrs, List<String> problems) {
  static final Networks EVERYBODY = new Networks(null, List.of());

  Networks {
    cidrs = cidrs == null ? null : cidrs.stream().distinct().toList();
    problems = List.copyOf(problems);
  }

  /** Of a list with commas; null: there is none. */
  static Networks parse(String about, @Nullable String text) {
    if (text == null) {
      return EVERYBODY;
    }
    var entries =
        Stream.of(text.split(",")).map(String::strip).filter(entry -> !entry.isEmpty()).toList();
    return entries.isEmpty()
        ? new Networks(
            List.of(),
            List.of(about + " is empty: list networks, or remove it to let everybody in"))
        : parse(about, entries);
  }

  /** Bits behind the prefix are cleared, as Kubernetes does. */
  static Networks parse(String about, Collection<String> entries) {
    var cidrs = new ArrayList<Cidr>();
    var problems = new ArrayList<String>();
    for (var entry : entries) {
      var cidr = Cidr.parse(entry.strip());
      if (cidr == null) {
        problems.add("%s: %s".formatted(about, Cidr.problem(entry.strip())));
      } else {
        cidrs.add(cidr.masked());
      }
    }
    return new Networks(cidrs, problems);
  }

  /** Whoever is in one of the two; a list that nobody gave adds nobody. */
  Networks or(Networks other) {
    var theirs = other.cidrs;
    var both =
        cidrs == null || theirs == null
            ? Objects.requireNonNullElse(cidrs, theirs == null ? List.<Cidr>of() : theirs)
            : Stream.concat(cidrs.stream(), theirs.stream()).toList();
    return new Networks(cidrs == null && theirs == null ? null : both, problems(other));
  }

  /** Whoever is in both. Of two networks that share an address, one contains the other. */
  Networks and(Networks other) {
    var theirs = other.cidrs;
    if (cidrs == null || theirs == null) {
      return new Networks(cidrs == null ? theirs : cidrs, problems(other));
    }
    var shared = new ArrayList<Cidr>();
    for (var one : cidrs) {
      for (var two : theirs) {
        if (one.contains(two)) {
          shared.add(two);
        } else if (two.contains(one)) {
          shared.add(one);
        }
      }
    }
    return new Networks(shared, problems(other));
  }

  private List<String> problems(Networks other) {
    return Stream.concat(problems.stream(), other.problems.stream()).distinct().toList();
  }

  List<String> texts() {
    return cidrs == null ? List.of() : cidrs.stream().map(Cidr::toString).toList();
  }
}
