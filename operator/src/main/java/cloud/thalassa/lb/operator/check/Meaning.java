package cloud.thalassa.lb.operator.check;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.Manifest;
import cloud.thalassa.lb.crds.manifest.Stock;
import cloud.thalassa.lb.operator.allocate.Settlement;
import cloud.thalassa.lb.operator.allocate.SubnetRules;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Seat;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the operator would refuse of objects that the API server would take. */
final class Meaning {
  /** Problems begin with the field that they are about. */
  private static final Pattern FIELD = Pattern.compile("(?:spec\\.)?([A-Za-z.\\[\\]0-9]+): (.*)");

  private final Map<Identity, Manifest> manifests;
  private final Set<Finding> findings = new LinkedHashSet<>();

  private Meaning(Map<Identity, Manifest> manifests) {
    this.manifests = manifests;
  }

  static List<Finding> check(Stock stock, Site site) {
    var meaning = new Meaning(stock.manifests());
    var objects = stock.objectsByAge();
    var inventory = InventorySnapshot.of(objects, site);
    var settlement = Settlement.of(objects, List.of(), site);
    for (var subnet : settlement.subnets()) {
      meaning.add("Subnet", Ref.of(subnet), SubnetRules.judge(subnet, settlement.subnets(), site));
    }
    for (var loadBalancer : inventory.loadBalancers()) {
      var compiled = Compiler.compile(inventory.observe(loadBalancer, site, Seat.ANY));
      meaning.addPlace(loadBalancer, settlement);
      meaning.add("LoadBalancer", Ref.of(loadBalancer), compiled.loadBalancer());
      if (compiled.lockout() != null) {
        meaning.add("LoadBalancer", Ref.of(loadBalancer), compiled.lockout().message());
      }
      var excess = site == Site.CLUSTER ? compiled.excess() : null;
      if (excess != null) {
        meaning.add("LoadBalancer", Ref.of(loadBalancer), excess.message());
      }
      compiled.listeners().forEach((ref, verdict) -> meaning.add("Listener", ref, verdict));
      compiled.targetGroups().forEach((ref, verdict) -> meaning.add("TargetGroup", ref, verdict));
    }
    for (var orphan : inventory.orphans()) {
      meaning.add("Listener", Ref.of(orphan), inventory.orphan(orphan));
    }
    return new ArrayList<>(meaning.findings);
  }

  /** Where there is no Subnet at all, they are in the cluster, and we cannot know. */
  private void addPlace(LoadBalancer loadBalancer, Settlement settlement) {
    var problem = settlement.placeOf(loadBalancer).problem();
    if (problem != null && !settlement.subnets().isEmpty()) {
      add("LoadBalancer", Ref.of(loadBalancer), problem.message());
    }
  }

  private void add(String kind, Ref ref, Verdict verdict) {
    verdict.problems().forEach(problem -> add(kind, ref, problem.message()));
  }

  private void add(String kind, Ref ref, String sentence) {
    var manifest = manifests.get(new Identity(kind, ref.namespace(), ref.name()));
    if (manifest == null) {
      return;
    }
    var field = FIELD.matcher(sentence);
    findings.add(
        field.matches()
            ? manifest.finding("spec." + field.group(1), field.group(2))
            : manifest.finding("", sentence));
  }
}
