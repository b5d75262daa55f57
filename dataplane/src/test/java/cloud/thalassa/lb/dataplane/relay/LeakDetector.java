package cloud.thalassa.lb.dataplane.relay;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Remembers every buffer that is collected before it was released. The build names it as Netty's
 * detector, which is public for that; it must be there before the first buffer.
 */
public final class LeakDetector<T> extends ResourceLeakDetector<T> {
  static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
  static volatile boolean inUse;

  public LeakDetector(Class<?> resource, int samplingInterval) {
    super(resource, samplingInterval);
    inUse = true;
  }

  /** Netty looks for this older form too, and complains when it is missing. */
  public LeakDetector(Class<?> resource, int samplingInterval, long maxActive) {
    this(resource, samplingInterval);
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resource, String records) {
    LEAKS.add(resource + ": " + records);
  }

  @Override
  protected void reportUntracedLeak(String resource) {
    LEAKS.add(resource);
  }
}
