package cloud.thalassa.lb.crds.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Which files of a directory hold manifests. */
public final class ManifestFiles {
  private ManifestFiles() {}

  /** The YAML and JSON files at or below a path, by name; hidden ones are left out. */
  public static List<Path> below(Path root) throws IOException {
    if (Files.isRegularFile(root)) {
      return List.of(root);
    }
    try (var paths = Files.walk(root)) {
      return paths
          .filter(path -> isManifest(root.relativize(path)) && Files.isRegularFile(path))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return below(root); // deleted while we walked
      }
      throw e.getCause();
    }
  }

  private static boolean isManifest(Path relative) {
    for (var part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    var name = relative.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }
}
