package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.operator.compile.Ref;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Says of objects of one kind that their reconciliation is due. Nobody listens: nothing is lost,
 * because whoever begins to reconcile looks at everything first.
 */
public final class Signal {
  private final List<Consumer<Ref>> listeners = new CopyOnWriteArrayList<>();

  /** Returns what ends the listening. */
  public Runnable listen(Consumer<Ref> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public void due(Ref ref) {
    listeners.forEach(listener -> listener.accept(ref));
  }
}
