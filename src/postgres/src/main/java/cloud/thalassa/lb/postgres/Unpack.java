package cloud.thalassa.lb.postgres;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** {@code Unpack DIRECTORY VERSION}: PostgreSQL, out of the archive on the class path. */
final class Unpack {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private Unpack() {}

  public static void main(String... args) throws IOException {
    var directory = Path.of(args[0]);
    var done = directory.resolve("version-" + args[1]);
    if (Files.exists(done)) {
      return;
    }
    delete(directory);
    var packed = Unpack.class.getResourceAsStream(ARCHIVE);
    if (packed == null) {
      throw new FileNotFoundException(ARCHIVE);
    }
    try (var archive =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        unpack(archive, entry, directory);
      }
    }
    Files.createFile(done);
  }

  private static void unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path directory)
      throws IOException {
    var path = directory.resolve(entry.getName()).normalize();
    if (!path.startsWith(directory)) {
      throw new IOException(entry.getName() + " would be outside of " + directory);
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(archive, path, StandardCopyOption.REPLACE_EXISTING);
      var executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
