package cloud.thalassa.lb.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.DropReason;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.Documents;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsDocumentTest {
  @TempDir Path directory;

  @Test
  void everyMeterAndReasonIsDocumented() throws IOException {
    var registry = new SimpleMeterRegistry();
    var meters = new RelayMeters(registry);
    meters.listener(new ListenerKey("test/lb", "test/web"));
    meters.pool("test/lb", "test/pool");
    FlowLog.to(directory.resolve("flows.log"), 1, registry).close();
    var served =
        RoutingTable.of(
            new Documents(List.of(), List.of(), List.of(), Map.of("test/lb", "it is broken")),
            RoutingTable.EMPTY,
            0);
    new ServiceMeters(registry, () -> served).swapped(RoutingTable.EMPTY, served);

    var names =
        registry.getMeters().stream()
            .map(Meter::getId)
            .filter(id -> id.syntheticAssociation() == null)
            .map(MetricsDocumentTest::shown)
            .distinct();
    var reasons =
        Stream.concat(
            Arrays.stream(TerminationReason.values()).map(TerminationReason::word),
            Arrays.stream(DropReason.values()).map(DropReason::word));
    assertThat(Files.readString(Path.of("../docs/metrics.md")))
        .contains(Stream.concat(names, reasons).map(word -> "`" + word + "`").toList());
  }

  /** As Prometheus shows it. */
  private static String shown(Meter.Id id) {
    var name = id.getName().replace('.', '_');
    return switch (id.getType()) {
      case COUNTER -> name + "_total";
      case TIMER -> name + "_seconds";
      default -> name;
    };
  }
}
