package cloud.thalassa.lb.dataplane.follow;

import cloud.thalassa.lb.dataplane.table.Documents;
import java.util.function.Consumer;

/** Follows all documents, in a cluster or a directory. */
public interface Source extends AutoCloseable {
  /**
   * Hands over all documents once all are known, and again after every change; a burst of changes
   * is one call. Calls come one at a time and never on an event loop. A source that is away hands
   * over nothing: what was known stays. May wait for the first of it, a second at most.
   *
   * @throws java.io.UncheckedIOException the source can never be followed, with a sentence
   */
  void follow(Consumer<Documents> listener);

  @Override
  void close();
}
