package cloud.thalassa.lb.crds.directory;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls back, on a thread of its own, after files below a directory changed: within tens of
 * milliseconds by the system's notices (inotify), and by a slow comparison behind them, for file
 * systems that give none. A burst of changes is one call.
 */
public final class DirectoryWatch implements Closeable {
  /**
   * A burst counts as ended after this silence; editors and kubectl-like tools write in several
   * steps.
   */
  private static final Duration SETTLE = Duration.ofMillis(20);

  private static final Duration SLOW_POLL = Duration.ofSeconds(5);

  private final Path root;
  private final Runnable changed;
  private final WatchService notices;
  private Map<Path, Stamp> seen = Map.of();

  private DirectoryWatch(Path root, Runnable changed) throws IOException {
    this.root = root;
    this.changed = changed;
    this.notices = root.getFileSystem().newWatchService();
    this.seen = scan();
  }

  /**
   * Starts to watch; changes after the return are noticed. The directory must exist.
   *
   * @throws IOException the directory cannot be read or the system refuses another watch
   */
  public static DirectoryWatch start(Path root, Runnable changed) throws IOException {
    var watch = new DirectoryWatch(root, changed);
    Thread.ofPlatform().daemon().name("watch-" + root.getFileName()).start(watch::run);
    return watch;
  }

  @Override
  public void close() throws IOException {
    notices.close();
  }

  private void run() {
    try {
      while (true) {
        var key = notices.poll(SLOW_POLL.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
          key.pollEvents();
          key.reset();
          key = notices.poll(SETTLE.toMillis(), TimeUnit.MILLISECONDS);
        }
        var now = scan();
        if (!now.equals(seen)) {
          seen = now;
          changed.run();
        }
      }
    } catch (ClosedWatchServiceException closed) {
      // close() ends the thread
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Cost: one stat per file. Registers directories on the way, so that new ones are watched from
   * now on.
   */
  private Map<Path, Stamp> scan() {
    try (var paths = Files.walk(root)) {
      var now = new HashMap<Path, Stamp>();
      for (var path : (Iterable<Path>) paths::iterator) {
        var stamp = stamp(path);
        if (stamp != null) {
          now.put(path, stamp);
        }
      }
      return now;
    } catch (IOException | UncheckedIOException goneMeanwhile) {
      return seen;
    }
  }

  private @Nullable Stamp stamp(Path path) {
    try {
      if (Files.isDirectory(path)) {
        path.register(notices, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
        return Stamp.DIRECTORY;
      }
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          attributes.size(),
          attributes.fileKey());
    } catch (IOException goneMeanwhile) {
      return null;
    }
  }

  private record Stamp(long modified, long size, @Nullable Object inode) {
    static final Stamp DIRECTORY = new Stamp(0, 0, null);
  }
}
