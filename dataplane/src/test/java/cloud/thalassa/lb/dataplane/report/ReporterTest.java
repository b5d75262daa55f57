package cloud.thalassa.lb.dataplane.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.ListenerReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReporterTest {
  private final Map<String, DataplaneReportSpec> wanted = new ConcurrentHashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Written store = new Written();
  private final Reporter reporter =
      new Reporter(store, new Identity("web-pod-1", "uid-1"), () -> Map.copyOf(wanted), nanos::get);

  @AfterEach
  void close() {
    reporter.close();
  }

  @Test
  void writesUnderThePodsNameAndGoesWithThePod() {
    wanted.put("shop/web", spec("r1", null, 0));

    reporter.flush();

    var metadata = store.reports.getFirst().getMetadata();
    assertThat(metadata.getNamespace() + "/" + metadata.getName()).isEqualTo("shop/web-pod-1");
    assertThat(metadata.getLabels()).containsEntry(Api.LOAD_BALANCER_LABEL, "web");
    assertThat(metadata.getOwnerReferences())
        .singleElement()
        .matches(o -> o.getUid().equals("uid-1"));
  }

  @Test
  void writesNothingTwice() {
    wanted.put("shop/web", spec("r1", null, 0));

    reporter.flush();
    reporter.flush();

    assertThat(store.reports).hasSize(1);
  }

  @Test
  void writesAProblemAtOnceAndCountsAfterAMinute() {
    wanted.put("shop/web", spec("r1", null, 0));
    reporter.flush();

    wanted.put("shop/web", spec("r1", null, 5));
    reporter.flush();
    assertThat(store.reports).hasSize(1);

    wanted.put("shop/web", spec("r1", "the port is taken", 6));
    reporter.flush();
    assertThat(store.reports).hasSize(2);

    wanted.put("shop/web", spec("r1", "the port is taken", 7));
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    reporter.flush();
    assertThat(store.reports).hasSize(2);

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    reporter.flush();
    assertThat(store.reports.getLast().getSpec().listeners().getFirst().activeConnections())
        .isEqualTo(7);
  }

  @Test
  void triesAgainUntilItIsWrittenAndWritesTheOthersMeanwhile() {
    store.failures.set(2);
    store.failing = "web";
    wanted.put("shop/web", spec("r1", null, 0));
    wanted.put("shop/api", spec("r1", null, 0));

    reporter.changed();

    await().until(() -> store.reports.size() == 2);
    assertThat(store.reports.getFirst().getMetadata().getLabels())
        .containsEntry(Api.LOAD_BALANCER_LABEL, "api");
  }

  @Test
  void aDefectInWhatIsWantedIsNotTheEndOfReports() {
    var defects = new AtomicInteger(1);
    var tripping =
        new Reporter(
            store,
            new Identity("web-pod-1", "uid-1"),
            () -> {
              if (defects.getAndDecrement() > 0) {
                throw new IllegalStateException("as intended");
              }
              return Map.of("shop/web", spec("r1", null, 0));
            },
            nanos::get);
    try (tripping) {
      tripping.changed();
      await().until(() -> store.reports.size() == 1);
    }
  }

  @Test
  void takesReportsBackWhenTheLoadBalancerGoesAndAtTheEnd() {
    wanted.put("shop/web", spec("r1", null, 0));
    wanted.put("shop/api", spec("r1", null, 0));
    reporter.flush();

    wanted.remove("shop/api");
    reporter.flush();
    assertThat(store.deleted).containsExactly("api");

    reporter.close();
    assertThat(store.deleted).containsExactly("api", "web");
  }

  @Test
  void pausesGrowToHalfAMinute() {
    assertThat(Reporter.pause(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(Reporter.pause(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Reporter.pause(1000)).isEqualTo(Duration.ofSeconds(30));
  }

  private static DataplaneReportSpec spec(String revision, @Nullable String problem, long active) {
    var listener = new ListenerReport("shop/http", active, problem);
    return new DataplaneReportSpec(revision, Phase.SERVING, null, 0, null, List.of(listener));
  }

  private static final class Written implements ReportStore {
    final List<DataplaneReport> reports = new CopyOnWriteArrayList<>();
    final List<String> deleted = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    volatile String failing = "";

    @Override
    public void write(DataplaneReport report) throws IOException {
      if (name(report).equals(failing) && failures.getAndDecrement() > 0) {
        throw new IOException("as the test says");
      }
      reports.add(report);
    }

    @Override
    public void delete(DataplaneReport report) {
      deleted.add(name(report));
    }

    private static String name(DataplaneReport report) {
      return report.getMetadata().getLabels().get(Api.LOAD_BALANCER_LABEL);
    }
  }
}
