package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.table.Documents;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
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

/** The next table of 1,000 listeners with 10 targets each, after one pod came or went. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@NullUnmarked
public class TableBenchmark {
  @Param({"ROUND_ROBIN", "MAGLEV"})
  public SelectionPolicy policy;

  private Documents now;
  private Documents next;
  private RoutingTable table;

  @Setup
  public void prepare() {
    var scenario = new Scenario(10, 10, policy);
    next = scenario.documents();
    now = scenario.changed(next);
    table = RoutingTable.of(now, RoutingTable.EMPTY, 0);
    if (table.routes().size() != 1000) {
      throw new IllegalStateException(table.routes().size() + " routes");
    }
  }

  @Benchmark
  public RoutingTable onePodChanged() {
    var documents = next;
    next = now;
    now = documents;
    return table = RoutingTable.of(documents, table, 0);
  }
}
