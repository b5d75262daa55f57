package cloud.thalassa.lb.api.objects;

import cloud.thalassa.lb.api.objects.StoreException.Cause;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.ManifestText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files below {@code objects}, to be changed. Readers see a file as it was or as it is. Of
 * those who change files through this class, one does at a time; who edits by hand is not waited
 * for, and what he saved meanwhile is noticed.
 */
final class ManifestFolder {
  /** Of files that we made: later in the order of names, which stands for age, than most. */
  private static final String OWN = "via-rest";

  private static final String WITHOUT_NAMESPACE = "_cluster";
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path root;
  private final Path lock;

  ManifestFolder(Path root, Path lock) {
    this.root = root;
    this.lock = lock;
  }

  /** While no other one changes anything. */
  <T> T exclusively(Supplier<T> change) {
    IN_THIS_PROCESS.lock();
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock is gone");
      }
      return change.get();
    } catch (IOException e) {
      throw unwritable(lock, e);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  boolean isJson(Path file) {
    return file.getFileName().toString().endsWith(".json");
  }

  /** A file of its own. */
  void create(Identity identity, String document) {
    var folder = identity.namespace().isEmpty() ? WITHOUT_NAMESPACE : identity.namespace();
    var file =
        root.resolve(OWN)
            .resolve(folder)
            .resolve(identity.kind())
            .resolve(identity.name() + ".yaml");
    if (Files.exists(file)) {
      throw new StoreException(
          Cause.NAME_TAKEN, file + " exists already, with something else in it");
    }
    try {
      Files.createDirectories(file.getParent());
      write(file, document);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Changes the text of a file; one of which nothing is left is deleted.
   *
   * @param change returns null if it does not find its document
   * @return whether it found it
   */
  boolean change(Path file, Function<ManifestText, @Nullable ManifestText> change) {
    try {
      var target = file.toRealPath(); // a link stays one
      var before = Files.readString(target);
      var after = change.apply(ManifestText.of(before));
      if (after == null) {
        return false;
      }
      if (!Files.readString(target).equals(before)) {
        throw StoreException.stale();
      }
      if (after.isBlank()) {
        Files.delete(target);
      } else {
        write(target, after.toString());
      }
      return true;
    } catch (NoSuchFileException e) {
      throw StoreException.stale();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    var part = file.resolveSibling("." + file.getFileName() + ".part");
    Files.writeString(part, text);
    try {
      if (Files.exists(file) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(file));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static StoreException unwritable(Path file, IOException e) {
    var reason =
        e instanceof AccessDeniedException
            ? "this program has no right to"
            : e instanceof FileSystemException it && it.getReason() != null
                ? it.getReason()
                : e.toString();
    return new StoreException(
        Cause.UNAVAILABLE,
        "%s cannot be written (%s): let lb-api write there, or change the files by hand"
            .formatted(file, reason),
        e);
  }
}
