package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.select.Selector;
import cloud.thalassa.lb.dataplane.select.Target;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The first target for a new connection. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked
public class SelectionBenchmark {
  private static final long MAPPED = 0xffff_0000_0000L;

  @Param public SelectionPolicy policy;

  @Param({"10", "100"})
  public int targets;

  private final SplittableRandom random = new SplittableRandom(1);
  private Selector selector;
  private int client;
  private long now;

  @Setup
  public void prepare() {
    selector = new Scenario(1, targets, policy).selector();
    now = System.nanoTime();
  }

  @Benchmark
  public Target first() {
    return selector.candidates(0, MAPPED | (client++ & 0xffff_ffffL), now, random).next();
  }
}
