package cloud.thalassa.lb.dataplane.follow;

import cloud.thalassa.lb.crds.directory.DirectoryWatch;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.dataplane.table.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The documents of all load balancers of a directory, which is made where it does not exist. */
public final class DirectorySource implements Source {
  private static final Logger log = Logger.getLogger(DirectorySource.class);

  private final DocumentFiles files;
  private final FileReader reader;
  private @Nullable DirectoryWatch watch;

  public DirectorySource(DocumentFiles files) {
    this.files = files;
    this.reader = new FileReader(files);
  }

  @Override
  public void follow(Consumer<Documents> listener) {
    try {
      Files.createDirectories(files.root());
      watch = DirectoryWatch.start(files.root(), () -> deliver(listener));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the directory " + files.root() + " cannot be watched: " + e.getMessage(), e);
    }
    deliver(listener);
  }

  @Override
  public void close() {
    try {
      if (watch != null) {
        watch.close();
      }
    } catch (IOException e) {
      log.warnf("The watch on %s did not close: %s", files.root(), e.getMessage());
    }
  }

  private synchronized void deliver(Consumer<Documents> listener) {
    if (!Files.isDirectory(files.root())) {
      log.warnf("%s is gone: what was known stays in service until it is back", files.root());
      return;
    }
    try {
      listener.accept(reader.read());
    } catch (UncheckedIOException e) {
      log.warnf("%s cannot be read, what was known stays: %s", files.root(), e.getMessage());
    }
  }
}
