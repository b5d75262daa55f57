package cloud.thalassa.lb.operator.check;

import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.crds.manifest.Manifest;
import cloud.thalassa.lb.crds.manifest.ManifestFiles;
import cloud.thalassa.lb.crds.manifest.ManifestReader;
import cloud.thalassa.lb.crds.manifest.Position;
import cloud.thalassa.lb.crds.manifest.Stock;
import cloud.thalassa.lb.operator.compile.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code check PATH...}: one line per finding on standard output. Runs without Quarkus, because a
 * check in an editor or a commit hook must be quick.
 */
public final class CheckCommand {
  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(Finding::file).thenComparing(f -> f.position().line());

  private final ManifestReader reader = new ManifestReader();
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> foreign = new TreeSet<>();

  private CheckCommand() {}

  /** Returns the exit code: 0 all is well, 1 something was found or cannot be read. */
  public static int run(List<String> paths, PrintStream out, PrintStream err) {
    var check = new CheckCommand();
    var site = Site.CLUSTER;
    try {
      for (var path : paths) {
        var root = Path.of(path);
        if (!Files.exists(root)) {
          err.println("thalassa-lb: " + path + " does not exist");
          return 1;
        }
        var objects = root.resolve("objects");
        site = Files.isDirectory(objects) ? Site.DIRECTORY : site;
        for (var file : ManifestFiles.below(Files.isDirectory(objects) ? objects : root)) {
          check.read(file);
        }
      }
    } catch (IOException e) {
      err.println("thalassa-lb: cannot read " + e.getMessage());
      return 1;
    }
    return check.conclude(site, out);
  }

  private void read(Path file) throws IOException {
    try {
      var reading = reader.read(file.toString(), Files.readString(file), identity -> null);
      manifests.addAll(reading.manifests());
      findings.addAll(reading.findings());
      foreign.addAll(reading.foreign());
    } catch (MalformedInputException e) {
      findings.add(
          new Finding(file.toString(), new Position(1, 1), "", "", "this is not UTF-8 text"));
    }
  }

  private int conclude(Site site, PrintStream out) {
    var stock = Stock.of(manifests);
    findings.addAll(stock.duplicates());
    findings.addAll(Meaning.check(stock, site));
    findings.stream().sorted(BY_PLACE).forEach(out::println);
    if (!findings.isEmpty()) {
      return 1;
    }
    var others =
        foreign.isEmpty()
            ? ""
            : " (not checked, of other kinds: " + String.join(", ", foreign) + ")";
    out.println(
        "ok: " + manifests.size() + (manifests.size() == 1 ? " object" : " objects") + others);
    return 0;
  }
}
