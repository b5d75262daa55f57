package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.dataplane.admit.Admission;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether a client may connect; half of them may. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked
public class AdmissionBenchmark {
  private static final long MAPPED = 0xffff_0000_0000L;
  private static final long TEN = 10L << 24;

  @Param({"16", "256"})
  public int cidrs;

  private Admission admission;
  private int client;

  @Setup
  public void prepare() {
    admission =
        Admission.of(
            IntStream.range(0, cidrs)
                .mapToObj(n -> "10.%d.%d.0/24".formatted(n / 128, n % 128 * 2))
                .toList());
  }

  @Benchmark
  public boolean admits() {
    client += 0x9e37_79b9;
    return admission.admits(0, MAPPED | TEN | (client >>> 8) % (cidrs * 512));
  }
}
