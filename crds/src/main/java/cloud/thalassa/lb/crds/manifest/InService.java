package cloud.thalassa.lb.crds.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects of a directory that count: of each the last version that was valid, as on an API
 * server, which keeps what it has when it refuses a change.
 *
 * @param manifests in the order that stands for age
 * @param refused the objects whose newest version is not valid, with the reason
 * @param findings everything that is wrong with the files
 */
public record InService(
    Map<Identity, Manifest> manifests,
    Map<Identity, Finding> refused,
    List<Finding> findings,
    Stock stock) {

  public static final InService NOTHING =
      new InService(Map.of(), Map.of(), List.of(), Stock.of(List.of()));

  /** {@code files}: what each file says, in their order. */
  public InService next(Map<String, Reading> files) {
    var named = new HashSet<Identity>();
    files.values().forEach(reading -> named.addAll(reading.order()));
    var ordered = new ArrayList<Manifest>();
    var nextRefused = new HashMap<Identity, Finding>();
    var nextFindings = new ArrayList<Finding>();
    files.forEach(
        (file, reading) -> {
          addInOrder(reading, ordered);
          if (reading.unreadable()) {
            addWhatWasIn(file, named, ordered);
          }
          reading.refused().forEach(nextRefused::putIfAbsent);
          nextFindings.addAll(reading.findings());
          reading.foreign().forEach(kind -> nextFindings.add(unused(file, kind)));
        });
    var next = Stock.of(ordered);
    nextFindings.addAll(next.duplicates());
    next.manifests().values().forEach(this::count);
    return new InService(next.manifests(), nextRefused, nextFindings, next);
  }

  /** Objects that are new, gone, or not as they were. */
  public Set<Identity> differences(InService next) {
    var differences = new HashSet<Identity>();
    manifests.forEach(
        (identity, manifest) -> {
          if (!manifest.saysTheSameAs(next.manifests.get(identity))) {
            differences.add(identity);
          }
        });
    next.manifests.keySet().stream()
        .filter(identity -> !manifests.containsKey(identity))
        .forEach(differences::add);
    return differences;
  }

  /** Whether those that both have are of the same age relative to each other. */
  public boolean sameAges(InService next) {
    var before = manifests.keySet().stream().filter(next.manifests::containsKey).toList();
    var after = next.manifests.keySet().stream().filter(manifests::containsKey).toList();
    return before.equals(after);
  }

  /** In the place of a version that is refused stands the last one that was not. */
  private void addInOrder(Reading reading, List<Manifest> ordered) {
    var valid = reading.manifests().iterator();
    var next = valid.hasNext() ? valid.next() : null;
    for (var identity : reading.order()) {
      if (next != null && next.identity().equals(identity)) {
        ordered.add(next);
        next = valid.hasNext() ? valid.next() : null;
      } else if (reading.refused().containsKey(identity) && manifests.containsKey(identity)) {
        ordered.add(manifests.get(identity));
      }
    }
  }

  private void addWhatWasIn(String file, Set<Identity> named, List<Manifest> ordered) {
    manifests.values().stream()
        .filter(was -> was.file().equals(file) && !named.contains(was.identity()))
        .forEach(ordered::add);
  }

  private void count(Manifest manifest) {
    var was = manifests.get(manifest.identity());
    long generation = was == null ? 0 : was.object().getMetadata().getGeneration();
    manifest
        .object()
        .getMetadata()
        .setGeneration(manifest.saysTheSameAs(was) ? generation : generation + 1);
  }

  private static Finding unused(String file, String kind) {
    return new Finding(
        file, new Position(1, 1), "", "", "kind " + kind + " has no meaning without a cluster");
  }
}
