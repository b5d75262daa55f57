package cloud.thalassa.lb.healthchecker.follow;

import java.util.function.Consumer;

/** Where the documents come from: a cluster or a directory. */
public interface Source extends AutoCloseable {
  /**
   * Hands over all documents once all are known, and again after every change; a burst of changes
   * is one call. What cannot be read keeps its last good content. Calls come one at a time, on a
   * thread of the source's.
   */
  void follow(Consumer<Documents> listener);

  @Override
  void close();
}
