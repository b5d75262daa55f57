package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.manifest.Manifest;
import cloud.thalassa.lb.kubectl.cluster.Manifests;
import cloud.thalassa.lb.kubectl.cluster.Surroundings;
import cloud.thalassa.lb.kubectl.diff.Comparison;
import cloud.thalassa.lb.kubectl.diff.DiffText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "diff",
    description = "What would become of load balancers if files were applied. Writes nothing.")
final class DiffCommand implements Callable<Integer> {
  private static final int REFUSED = 1;

  private final Terminal terminal;

  @Mixin Place place = new Place();
  @Mixin Output output = new Output();

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "Manifests; a directory: all of it; -: standard input. May be repeated.")
  List<String> files = List.of();

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** 1: something would be refused. */
  @Override
  public Integer call() {
    try (var connection = place.connect()) {
      var manifests = Manifests.read(files, System.in, connection.namespace());
      var now = Instant.now();
      var namespaces = new TreeSet<>(manifests.namespaces());
      var listeners =
          manifests.written(List.of(), now).manifests().values().stream()
              .map(Manifest::object)
              .filter(Listener.class::isInstance)
              .map(Listener.class::cast)
              .toList();
      var surroundings = Surroundings.of(connection, namespaces, listeners);
      var world = surroundings.world();
      var notes = new ArrayList<>(surroundings.notes());
      if (!manifests.foreign().isEmpty()) {
        notes.add("not judged, of other kinds: " + String.join(", ", manifests.foreign()) + ".");
      }
      var differences = Comparison.of(world, manifests.written(world.objects(), now), notes);
      var document = output.document(differences);
      terminal
          .out()
          .println(document == null ? DiffText.of(differences, output.wide()).strip() : document);
      return differences.refused().isEmpty() ? 0 : REFUSED;
    }
  }
}
