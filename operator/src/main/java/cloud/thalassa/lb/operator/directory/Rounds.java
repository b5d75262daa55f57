package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.crds.manifest.InService;
import cloud.thalassa.lb.crds.manifest.ObjectFiles;
import cloud.thalassa.lb.operator.allocate.Settlement;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Seat;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what changed, compiles what that affects, and writes what came out of it. */
final class Rounds {
  private static final Logger LOG = System.getLogger(DirectoryOperator.class.getName());

  private final ObjectFiles objects;
  private final DocumentFiles compiledFiles;
  private final Documents documents;
  private final AddressFiles addresses;
  private final StatusFiles statuses;
  private final Runnable ready;
  private final TreeMap<Ref, Served> served = new TreeMap<>();

  /** What could not be written stays pending for the next round. */
  private final Set<Ref> pending = new HashSet<>();

  private InService inService = InService.NOTHING;
  private InventorySnapshot inventory = InventorySnapshot.of(List.of(), Site.DIRECTORY);
  private Settlement settlement = Settlement.of(List.of(), List.of(), Site.DIRECTORY);
  private Set<String> problems = Set.of();
  private boolean first = true;
  private boolean announced;

  Rounds(
      ObjectFiles objects, DocumentFiles compiledFiles, DocumentFiles statusFiles, Runnable ready) {
    this.objects = objects;
    this.compiledFiles = compiledFiles;
    this.documents = new Documents(compiledFiles);
    this.addresses = new AddressFiles(compiledFiles);
    this.statuses = new StatusFiles(statusFiles);
    this.ready = ready;
  }

  void next() throws IOException {
    var next = inService.next(objects.read(inService.manifests()));
    report(next.findings());
    var changed = inService.differences(next);
    if (!changed.isEmpty() || !inService.sameAges(next)) {
      var objects = next.stock().objectsByAge();
      var nextInventory = InventorySnapshot.of(objects, Site.DIRECTORY);
      settlement = addresses.settle(objects);
      var affected = affected(next, nextInventory);
      affected.addAll(reseated(nextInventory));
      inventory = nextInventory;
      inService = next;
      pending.addAll(affected);
    } else {
      inService = next;
    }
    compile();
    if (first) {
      documents.deleteInherited();
      first = false;
    }
    var reports = Reports.read(compiledFiles);
    report(reports.problems());
    var writer =
        new StatusWriter(
            statuses, inventory, settlement, reports, inService.refused(), Instant.now());
    if (writer.write(served.values()) && !announced) {
      announced = true;
      ready.run();
    }
  }

  private Set<Ref> affected(InService next, InventorySnapshot nextInventory) {
    var affected = new HashSet<Ref>();
    if (!inService.sameAges(next)) {
      nextInventory.loadBalancers().forEach(loadBalancer -> affected.add(Ref.of(loadBalancer)));
    }
    var changed = inService.differences(next);
    affected.addAll(Affected.by(changed, inService.manifests(), inventory));
    affected.addAll(Affected.by(changed, next.manifests(), nextInventory));
    return affected;
  }

  /** Those that were given another address, or lost theirs. */
  private List<Ref> reseated(InventorySnapshot nextInventory) {
    return nextInventory.loadBalancers().stream()
        .filter(
            loadBalancer -> {
              var before = served.get(Ref.of(loadBalancer));
              return before == null || !before.observed().seat().equals(seat(loadBalancer));
            })
        .map(Ref::of)
        .toList();
  }

  private Seat seat(LoadBalancer loadBalancer) {
    return settlement.placeOf(loadBalancer).seat(loadBalancer);
  }

  private void compile() throws IOException {
    for (var ref : List.copyOf(pending)) {
      var loadBalancer = inventory.loadBalancer(ref);
      if (loadBalancer == null) {
        served.remove(ref);
        documents.delete(ref);
      } else {
        var observed = inventory.observe(loadBalancer, Site.DIRECTORY, seat(loadBalancer));
        var compiled = Compiler.compile(observed);
        served.put(ref, new Served(observed, compiled));
        documents.write(ref, compiled);
      }
      pending.remove(ref);
    }
  }

  /** Nobody looks into a status while they wait for a program to start. */
  private void report(Set<String> nextProblems) {
    nextProblems.stream()
        .filter(problem -> !problems.contains(problem))
        .forEach(problem -> LOG.log(Level.WARNING, problem));
    problems = nextProblems;
  }

  /** Says what is newly wrong, and when all is well again. */
  private void report(Collection<Finding> findings) {
    var known = new HashSet<>(inService.findings());
    findings.stream()
        .filter(finding -> !known.contains(finding))
        .forEach(finding -> LOG.log(Level.WARNING, finding.toString()));
    if (findings.isEmpty() && !known.isEmpty()) {
      LOG.log(Level.INFO, "all manifests are valid again");
    }
  }
}
