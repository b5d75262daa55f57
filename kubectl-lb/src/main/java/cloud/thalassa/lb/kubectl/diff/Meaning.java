package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.dataplane.table.Documents;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Seat;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What objects mean: the documents that the operator would write of them, and the table that a
 * replica would make of these.
 *
 * @param loadBalancers the objects themselves
 * @param problems by object, as sentences
 */
record Meaning(
    SortedMap<Ref, LoadBalancer> loadBalancers,
    SortedMap<Ref, Compiled> compiled,
    RoutingTable table,
    Map<Identity, Set<String>> problems) {

  static Meaning of(Collection<HasMetadata> objects, List<HealthReport> reports) {
    var inventory = InventorySnapshot.of(objects, Site.CLUSTER);
    var balancers = new TreeMap<Ref, LoadBalancer>();
    inventory.loadBalancers().forEach(it -> balancers.put(Ref.of(it), it));
    var compiled = new TreeMap<Ref, Compiled>();
    var problems = new LinkedHashMap<Identity, Set<String>>();
    balancers.forEach(
        (ref, balancer) -> {
          var made = Compiler.compile(inventory.observe(balancer, Site.CLUSTER, Seat.ANY));
          compiled.put(ref, made);
          add(problems, "LoadBalancer", ref, made.loadBalancer());
          var excess = made.excess();
          for (var problem : new Verdict.Problem[] {made.lockout(), excess}) {
            if (problem != null) {
              add(problems, "LoadBalancer", ref, problem.message());
            }
          }
          made.listeners().forEach((name, verdict) -> add(problems, "Listener", name, verdict));
          made.targetGroups()
              .forEach((name, verdict) -> add(problems, "TargetGroup", name, verdict));
        });
    for (var orphan : inventory.orphans()) {
      add(problems, "Listener", Ref.of(orphan), inventory.orphan(orphan));
    }
    return new Meaning(balancers, compiled, table(compiled.values(), reports), problems);
  }

  private static RoutingTable table(Collection<Compiled> compiled, List<HealthReport> reports) {
    var slices = compiled.stream().flatMap(it -> it.slices().stream()).toList();
    var documents =
        new Documents(
            compiled.stream().map(Compiled::config).toList(),
            slices,
            Hopeful.reports(slices, reports),
            Map.of());
    return RoutingTable.of(documents, RoutingTable.EMPTY, 0);
  }

  private static void add(
      Map<Identity, Set<String>> problems, String kind, Ref ref, Verdict verdict) {
    verdict.problems().forEach(problem -> add(problems, kind, ref, problem.message()));
  }

  private static void add(
      Map<Identity, Set<String>> problems, String kind, Ref ref, String sentence) {
    problems
        .computeIfAbsent(
            new Identity(kind, ref.namespace(), ref.name()), _ -> new LinkedHashSet<>())
        .add(sentence);
  }
}
