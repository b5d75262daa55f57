package cloud.thalassa.lb.healthchecker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ReplicaReport;
import cloud.thalassa.lb.crds.ReplicaReportSpec;
import cloud.thalassa.lb.healthchecker.assign.Heartbeat;
import cloud.thalassa.lb.healthchecker.assign.Membership;
import cloud.thalassa.lb.healthchecker.follow.Documents;
import cloud.thalassa.lb.healthchecker.judge.Pulse;
import cloud.thalassa.lb.healthchecker.probe.Lifelines;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checkers beside one store of reports that stands for the API server. */
class ReplicaCheckerTest {
  private final Map<String, ReplicaReportSpec> stored = new ConcurrentHashMap<>();
  private final Node a = new Node("a");
  private final Node b = new Node("b");

  @AfterEach
  void stop() {
    a.thread.shutdownNow();
    b.thread.shutdownNow();
  }

  @Test
  void whoLivesIsNotReported() {
    a.join("a");
    a.follow();
    a.lines.says("10.0.0.1", ALIVE);
    await().until(() -> stored.containsKey("a"));
    assertThat(stored.get("a")).isEqualTo(new ReplicaReportSpec(List.of(), List.of(), 0));
  }

  @Test
  void whoDiesIsReportedUntilItIsBack() {
    a.join("a");
    a.follow();
    a.lines.says("10.0.0.1", DEAD);
    await().until(() -> dead("a").equals(List.of("one")));
    assertThat(stored.get("a").dead().getFirst())
        .matches(dead -> dead.loadBalancer().equals("web") && dead.reason().equals("refused"));
    a.lines.says("10.0.0.1", ALIVE);
    await().until(() -> dead("a").isEmpty());
  }

  @Test
  void whoSeesAReplicaThatAnotherFindsDeadObjectsAndUpholdsIt() {
    a.join("a", "b");
    b.join("a", "b");
    a.follow();
    b.follow();
    b.lines.says("10.0.0.1", ALIVE);
    a.lines.says("10.0.0.1", DEAD);
    await().until(() -> dead("a").equals(List.of("one")));
    b.follow();
    await().until(() -> alive("b").equals(List.of("one")));
    await().until(() -> stored.get("b").upheld() > 0);

    a.lines.says("10.0.0.1", ALIVE);
    await().until(() -> dead("a").isEmpty());
    b.follow();
    await().until(() -> alive("b").isEmpty());
  }

  @Test
  void whoSeesItDeadAsWellAgrees() {
    a.join("a", "b");
    b.join("a", "b");
    a.follow();
    b.follow();
    a.lines.says("10.0.0.2", DEAD);
    b.lines.says("10.0.0.2", DEAD);
    await().until(() -> dead("a").equals(List.of("two")) && dead("b").equals(List.of("two")));
    b.follow();
    b.lines.says("10.0.0.1", ALIVE);
    assertThat(alive("b")).isEmpty();
  }

  @Test
  void eachReplicaHasTwoWatchers() {
    a.join("a", "b", "c", "d");
    b.join("a", "b", "c", "d");
    a.follow();
    b.follow();
    var shared = new Membership[] {a.membership, b.membership};
    assertThat(
            Stream.of("a", "b", "c", "d")
                .filter(member -> Node.membership(member, "a", "b", "c", "d").watches("shop/one")))
        .hasSize(2);
    await().until(() -> a.checker.watching().size() == watched(shared[0]));
    assertThat(b.checker.watching().size()).isEqualTo(watched(shared[1]));
  }

  private static long watched(Membership membership) {
    return Stream.of("shop/one", "shop/two").filter(membership::watches).count();
  }

  private List<String> dead(String checker) {
    return stored.containsKey(checker)
        ? stored.get(checker).dead().stream().map(ReplicaReportSpec.Dead::pod).toList()
        : List.of();
  }

  private List<String> alive(String checker) {
    return stored.containsKey(checker)
        ? stored.get(checker).alive().stream().map(ReplicaReportSpec.Alive::pod).toList()
        : List.of();
  }

  private static final Pulse ALIVE = Pulse.UNKNOWN.answered(200);
  private static final Pulse DEAD = ALIVE.gone("refused");

  private final class Node {
    final String name;
    final CheckerThread thread = new CheckerThread();
    final Lines lines = new Lines();
    final ReplicaChecker checker;
    Membership membership;

    Node(String name) {
      this.name = name;
      checker =
          new ReplicaChecker(
              thread,
              Executors.newVirtualThreadPerTaskExecutor(),
              name,
              lines,
              report -> stored.put(name, report),
              InstantSource.system());
    }

    void join(String... members) {
      membership = membership(name, members);
      checker.membership(membership);
    }

    static Membership membership(String self, String... members) {
      var beats = Stream.of(members).map(member -> new Heartbeat(member, "1")).toList();
      return Membership.outside(self).renewed(beats, 0, 1);
    }

    /** Hands over what is stored now. */
    void follow() {
      var reports =
          stored.entrySet().stream()
              .map(
                  entry -> {
                    var report = new ReplicaReport();
                    report.setMetadata(new ObjectMetaBuilder().withName(entry.getKey()).build());
                    report.setSpec(entry.getValue());
                    return report;
                  })
              .toList();
      checker.documents(new Documents(List.of(), List.of(replicas()), List.of(), reports));
    }
  }

  private static EndpointSlice replicas() {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("lb-web-replicas-ipv4-9000")
        .withLabels(Map.of(Api.LOAD_BALANCER_LABEL, "web", Api.REPLICAS_LABEL, "true"))
        .endMetadata()
        .addNewPort()
        .withName(Api.MANAGEMENT_PORT)
        .withPort(9000)
        .endPort()
        .withEndpoints(
            Stream.of("one 10.0.0.1", "two 10.0.0.2")
                .map(text -> text.split(" "))
                .map(
                    pod ->
                        new EndpointBuilder()
                            .withAddresses(pod[1])
                            .withNewTargetRef()
                            .withName(pod[0])
                            .endTargetRef()
                            .build())
                .toList())
        .build();
  }

  /** Lines to replicas that live and die as a test says. */
  private static final class Lines implements Lifelines {
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();

    void says(String address, Pulse pulse) {
      await().until(() -> listeners.containsKey(address));
      pulses.put(address, pulse);
      listeners.get(address).changed(pulse, System.nanoTime());
    }

    @Override
    public Held hold(String address, int port, Listener listener) {
      listeners.put(address, listener);
      return new Held() {
        @Override
        public void confirm() {
          if (ALIVE.equals(pulses.get(address))) {
            listener.confirmed();
          }
        }

        @Override
        public void close() {
          listeners.remove(address);
        }
      };
    }
  }
}
