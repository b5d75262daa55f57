package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.select.Selector;
import cloud.thalassa.lb.dataplane.select.Weighted;
import java.util.List;
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

/** The lookup table of one pool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@NullUnmarked
public class MaglevBenchmark {
  @Param({"3", "100", "1000"})
  public int targets;

  private List<Weighted> members;

  @Setup
  public void prepare() {
    members = new Scenario(1, targets, SelectionPolicy.ROUND_ROBIN).selector().members();
  }

  @Benchmark
  public Selector build() {
    return Selector.of(SelectionPolicy.MAGLEV, members, null);
  }
}
