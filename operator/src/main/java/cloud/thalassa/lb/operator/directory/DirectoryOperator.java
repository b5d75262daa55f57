package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.directory.DirectoryWatch;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.manifest.ObjectFiles;
import cloud.thalassa.lb.operator.StartupException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Follows {@code objects} and the reports in {@code compiled}, and writes {@code compiled} and
 * {@code status}. One thread does all of it, one round at a time.
 */
public final class DirectoryOperator implements Closeable {
  private static final Logger LOG = System.getLogger(DirectoryOperator.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

  private final DirectoryLock lock;
  private final Rounds rounds;
  private final DirectoryWatch objects;
  private final DirectoryWatch compiled;
  private final Semaphore changes;
  private final Thread thread;
  private volatile boolean closed;

  private DirectoryOperator(Path directory, Runnable ready) throws IOException {
    var objectsRoot = directory.resolve("objects");
    var compiledRoot = Files.createDirectories(directory.resolve("compiled"));
    lock = DirectoryLock.take(directory, compiledRoot);
    changes = new Semaphore(1);
    objects = DirectoryWatch.start(objectsRoot, changes::release);
    compiled = DirectoryWatch.start(compiledRoot, changes::release);
    rounds =
        new Rounds(
            new ObjectFiles(objectsRoot),
            new DocumentFiles(compiledRoot),
            new DocumentFiles(directory.resolve("status")),
            ready);
    thread = Thread.ofPlatform().daemon().name("directory").unstarted(this::run);
  }

  /**
   * Begins to work, and returns.
   *
   * @param ready called once, when every accepted listener is bound
   * @throws StartupException the directory has no {@code objects}, cannot be written, or has an
   *     operator already
   */
  public static DirectoryOperator start(Path directory, Runnable ready) {
    if (!Files.isDirectory(directory.resolve("objects"))) {
      throw new StartupException(
          directory + " has no directory named objects: put the manifests there");
    }
    try {
      var operator = new DirectoryOperator(directory, ready);
      operator.thread.start();
      return operator;
    } catch (IOException e) {
      throw new StartupException(directory + " cannot be used: " + e);
    }
  }

  private void run() {
    while (!closed) {
      try {
        changes.acquire();
        changes.drainPermits();
        rounds.next();
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | UncheckedIOException e) {
        LOG.log(Level.WARNING, "cannot read or write the directory, tried again soon: {0}", e);
        retry();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a defect of this program: it goes on at the next change", e);
      }
    }
  }

  private void retry() {
    try {
      if (!changes.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        changes.release();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    changes.release();
    try (lock;
        objects;
        compiled) {
      thread.join(LONGEST_ROUND);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the directory was not closed properly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
