package cloud.thalassa.lb.healthchecker;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Pool;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.healthchecker.assign.Heartbeat;
import cloud.thalassa.lb.healthchecker.lease.Leases;
import cloud.thalassa.lb.healthchecker.report.ReportStore;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What checkers need of an API server: Leases, reports with versions, and one fixed set of slices.
 */
final class InMemoryCluster implements ReportStore {
  static final int GROUPS = 16;

  private final Map<String, String> leases = new TreeMap<>();
  private final Set<String> cutOff = new HashSet<>();
  private final Map<String, HealthReport> reports = new TreeMap<>();
  private final List<HealthState> history = new ArrayList<>();
  private final List<Consumer<cloud.thalassa.lb.healthchecker.follow.Documents>> followers =
      new ArrayList<>();
  private List<EndpointSlice> slices = List.of();
  private ForwardingConfig config;
  private boolean leasesReachable = true;
  private int version;
  private int writes;
  private int conflicts;

  synchronized void serve(int port) {
    config = Documents.config("web", Documents.tcp().withUnhealthyThreshold(1));
    var pool = config.getSpec().pools().getFirst();
    config.setSpec(
        new ForwardingConfigSpec(
            ForwardingConfigSpec.FORMAT_VERSION,
            "r1",
            List.of(),
            List.of(),
            IntStream.range(0, GROUPS)
                .mapToObj(
                    i ->
                        new Pool(
                            "default/group-" + i,
                            pool.policy(),
                            pool.whenNoneHealthy(),
                            0,
                            0,
                            pool.healthCheck()))
                .toList(),
            null));
    slices =
        IntStream.range(0, GROUPS)
            .mapToObj(
                i -> {
                  var slice = Documents.slice("web-" + i, "web", port, "127.0.0." + (i + 1));
                  var labels = new TreeMap<>(slice.getMetadata().getLabels());
                  labels.put("lb.thalassa.cloud/target-group", "group-" + i);
                  slice.getMetadata().setLabels(labels);
                  return slice;
                })
            .toList();
  }

  synchronized void follow(Consumer<cloud.thalassa.lb.healthchecker.follow.Documents> follower) {
    followers.add(follower);
    tell();
  }

  synchronized void leasesReachable(boolean reachable) {
    leasesReachable = reachable;
  }

  synchronized void cutOff(String member) {
    cutOff.add(member);
  }

  synchronized List<HealthState> states() {
    return reports.values().stream()
        .map(report -> report.getSpec().targets().getFirst().state())
        .toList();
  }

  synchronized Set<String> reporters() {
    var reporters = new HashSet<String>();
    reports.values().forEach(report -> reporters.add(report.getSpec().reporter()));
    return reporters;
  }

  /** Of the first slice, in order. */
  synchronized List<HealthState> statesEverWritten() {
    return List.copyOf(history);
  }

  synchronized int writes() {
    return writes;
  }

  synchronized int conflicts() {
    return conflicts;
  }

  @Override
  public synchronized HealthReport write(HealthReport report) throws IOException {
    var name = report.getMetadata().getName();
    var stored = reports.get(name);
    var expected = report.getMetadata().getResourceVersion();
    if (stored != null && !stored.getMetadata().getResourceVersion().equals(expected)) {
      conflicts++;
      throw new IOException("conflict: " + name + " was changed meanwhile");
    }
    report.getMetadata().setResourceVersion(Integer.toString(++version));
    reports.put(name, report);
    writes++;
    if (name.equals("web-0")) {
      history.add(report.getSpec().targets().getFirst().state());
    }
    tell();
    return report;
  }

  @Override
  public synchronized void delete(HealthReport report) {
    throw new AssertionError("nothing here is an orphan: " + report.getMetadata().getName());
  }

  Leases leases(String self) {
    return new Leases() {
      @Override
      public void renew() {
        synchronized (InMemoryCluster.this) {
          reach(self);
          leases.put(self, self + ++version);
        }
      }

      @Override
      public List<Heartbeat> list() {
        synchronized (InMemoryCluster.this) {
          reach(self);
          return leases.entrySet().stream()
              .map(lease -> new Heartbeat(lease.getKey(), lease.getValue()))
              .toList();
        }
      }

      @Override
      public void release(String member) {
        synchronized (InMemoryCluster.this) {
          reach(self);
          leases.remove(member);
        }
      }
    };
  }

  private void reach(String self) {
    if (!leasesReachable || cutOff.contains(self)) {
      throw new IllegalStateException("the API server is out of reach");
    }
  }

  private void tell() {
    var documents =
        new cloud.thalassa.lb.healthchecker.follow.Documents(
            List.of(config), slices, List.copyOf(reports.values()), List.of());
    followers.forEach(follower -> follower.accept(documents));
  }
}
