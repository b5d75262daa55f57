package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Why load balancers did not get an address, as of the last round of their Subnet. */
final class Waiting {
  private final ConcurrentHashMap<String, Map<Ref, Problem>> bySubnet = new ConcurrentHashMap<>();

  /** Null: it was not decided yet. */
  @Nullable Problem why(@Nullable String subnet, Ref loadBalancer) {
    return subnet == null ? null : bySubnet.getOrDefault(subnet, Map.of()).get(loadBalancer);
  }

  /** Returns those to whom something else is to be said now. */
  Set<Ref> replace(String subnet, Map<Ref, Problem> refused) {
    var before = bySubnet.put(subnet, refused);
    var known = before == null ? Map.<Ref, Problem>of() : before;
    var news = new HashSet<Ref>();
    refused.forEach(
        (ref, problem) -> {
          if (!Objects.equals(problem, known.get(ref))) {
            news.add(ref);
          }
        });
    return news;
  }
}
