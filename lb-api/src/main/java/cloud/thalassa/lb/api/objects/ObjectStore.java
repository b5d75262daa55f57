package cloud.thalassa.lb.api.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * All objects, as they were last seen, and the way to change them. Who has written reads what he
 * wrote. Methods that write may block.
 */
public interface ObjectStore {
  /** Tries before a change gives up against others who change the same object. */
  int TRIES = 8;

  <T extends HasMetadata> List<T> all(Class<T> kind);

  <T extends HasMetadata> List<T> in(Class<T> kind, String namespace);

  /**
   * Creates the object, and returns it as the store has it.
   *
   * @throws StoreException it was not created
   */
  <T extends HasMetadata> T create(T object);

  /**
   * Writes the object in the place of the one that was read.
   *
   * @throws StoreException it was not written
   */
  <T extends HasMetadata> T update(T read, T next);

  /** Begins to delete the object; one that is gone already is no failure. */
  void delete(HasMetadata object);

  /** The object as soon as the condition holds for it, or as it is when patience ends. */
  <T extends HasMetadata> T await(T object, Predicate<T> condition, Duration patience);

  /** Returns when a newer version of the object has been seen, or after a moment. */
  void awaitNewer(HasMetadata object);

  /** Grows after every change of what can be read here: who reads the same twice can keep it. */
  long changes();

  /** Whether everything has been read once. */
  boolean synced();

  /**
   * Reads, decides and writes, again as long as somebody else was faster. Nothing is written if the
   * decision changes nothing.
   */
  default <T extends HasMetadata> T change(Supplier<T> reading, UnaryOperator<T> decision) {
    for (int attempt = 1; ; attempt++) {
      var read = reading.get();
      var next = decision.apply(read);
      if (Content.same(read, next)) {
        return read;
      }
      try {
        return update(read, next);
      } catch (StoreException e) {
        if (e.reason() != StoreException.Cause.STALE || attempt == TRIES) {
          throw e;
        }
        awaitNewer(read);
      }
    }
  }
}
