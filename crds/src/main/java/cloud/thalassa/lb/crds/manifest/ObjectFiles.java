package cloud.thalassa.lb.crds.manifest;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The files below {@code objects}; a file is read again only after it changed. */
public final class ObjectFiles {
  private final Path root;
  private final ManifestReader reader = new ManifestReader();
  private Map<Path, Entry> entries = new TreeMap<>();

  public ObjectFiles(Path root) {
    this.root = root;
  }

  /** What every file says now, in the order of their names. */
  public Map<String, Reading> read(Map<Identity, Manifest> inService) throws IOException {
    var now = new TreeMap<Path, Entry>();
    for (var file : ManifestFiles.below(root)) {
      var entry = entry(file, inService);
      if (entry != null) {
        now.put(file, entry);
      }
    }
    entries = now;
    var readings = new LinkedHashMap<String, Reading>();
    entries.forEach((file, entry) -> readings.put(file.toString(), entry.reading));
    return readings;
  }

  private @Nullable Entry entry(Path file, Map<Identity, Manifest> inService) throws IOException {
    try {
      var stamp = Stamp.of(file);
      var known = entries.get(file);
      if (known != null && known.stamp.equals(stamp)) {
        return known;
      }
      var reading = reader.read(file.toString(), Files.readString(file), inService::get);
      return new Entry(stamp, reading);
    } catch (NoSuchFileException goneMeanwhile) {
      return null;
    } catch (MalformedInputException e) {
      return new Entry(Stamp.of(file), unreadable(file, "this is not UTF-8 text"));
    }
  }

  private static Reading unreadable(Path file, String sentence) {
    var finding = new Finding(file.toString(), new Position(1, 1), "", "", sentence);
    return new Reading(
        List.of(), List.of(), Map.of(), new ArrayList<>(List.of(finding)), true, Set.of());
  }

  private record Entry(Stamp stamp, Reading reading) {}

  private record Stamp(long modified, long size, @Nullable Object inode) {
    static Stamp of(Path file) throws IOException {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          attributes.size(),
          attributes.fileKey());
    }
  }
}
