package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.Signal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings to a reconciler what the caches of the whole operator found to be due. */
final class DueSource<P extends HasMetadata> extends AbstractEventSource<Void, P> {
  private final Signal signal;
  private @Nullable Runnable end;

  DueSource(Signal signal) {
    super(Void.class, "due");
    this.signal = signal;
  }

  @Override
  public synchronized void start() {
    super.start();
    end = signal.listen(this::due);
  }

  @Override
  public synchronized void stop() {
    super.stop();
    if (end != null) {
      end.run();
      end = null;
    }
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }

  private void due(Ref ref) {
    var id =
        ref.namespace().isEmpty()
            ? new ResourceID(ref.name())
            : new ResourceID(ref.name(), ref.namespace());
    getEventHandler().handleEvent(new Event(id));
  }
}
