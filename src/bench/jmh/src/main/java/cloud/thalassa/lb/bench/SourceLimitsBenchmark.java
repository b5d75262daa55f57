package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.dataplane.admit.SourceLimits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A connection that is counted for its source, and the end of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SourceLimitsBenchmark {
  private final SourceLimits limits = new SourceLimits(42);

  /** The last one is a scan: hardly a source comes twice while it is remembered. */
  @Param({"100", "10000", "100000000"})
  public int sources;

  private long connection;

  @Benchmark
  public Object enterAndLeave() {
    long source = (++connection * 0x9e37_79b9L) % sources;
    var refusal = limits.enter(source, 0, 1000, 1000, connection * 1000);
    if (refusal == null) {
      limits.left(source, 0);
    }
    return refusal == null ? limits : refusal;
  }
}
