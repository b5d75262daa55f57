package cloud.thalassa.lb.cluster.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Somebody changes behind the operator's back what it has made: it makes it again. */
class RepairTest {
  private static final Duration CONSEQUENCES = Duration.ofSeconds(2);

  /** With the start of a replica, where one was taken away. */
  private static final Duration PROMISED = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Scene scene = Scene.get();
  private Set<String> before = Set.of();

  /** What somebody does to an object; the rest of the line is for kubectl. */
  private record Deed(String words, String... kubectl) {}

  private static final List<Deed> EDITS =
      List.of(
          new Deed(
              "slice of the Service",
              "patch",
              "endpointslice",
              "lb-web-ipv4",
              "{\"endpoints\": []}"),
          new Deed("Deployment", "patch", "deployment", "lb-web", "{\"spec\": {\"replicas\": 1}}"),
          new Deed("budget", "patch", "pdb", "lb-web", "{\"spec\": {\"maxUnavailable\": 2}}"));

  private static final List<Deed> DELETIONS =
      List.of(
          new Deed("ForwardingConfig", "delete", "forwardingconfig", "web"),
          new Deed(
              "slices of targets",
              "delete",
              "endpointslice",
              "-l",
              "lb.thalassa.cloud/target-group"),
          new Deed("slice of the Service", "delete", "endpointslice", "lb-web-ipv4"),
          new Deed("health reports", "delete", "healthreport", "--all"),
          new Deed("budget", "delete", "pdb", "lb-web"),
          new Deed("NetworkPolicy", "delete", "networkpolicy", "lb-web"),
          new Deed("RoleBinding", "delete", "rolebinding", "lb-web"),
          new Deed("ServiceAccount", "delete", "serviceaccount", "lb-web"));

  @Test
  void whatWasEditedByHandIsPutRight() {
    measure("09a-edited", "objects that the operator made edited by hand", EDITS);
  }

  @Test
  void whatWasDeletedIsMadeAgain() {
    measure("09b-deleted", "children of a load balancer deleted", DELETIONS);
    try {
      scene.addListener("more", 81); // the replicas still hear of changes
      scene.tenant.awaitReady("more");
      scene.awaitServed(81);
    } finally {
      scene.delete("listener", "more");
    }
  }

  @Test
  void whatCameAfterASavedStateIsClearedAway() {
    var row = "09c-restored";
    Parameters.assumeWanted(row);
    before = inventory();
    var took = new ArrayList<Duration>();
    try (var trial = scene.trial(row, Parameters.LOAD)) {
      scene.cluster.saveEtcd("availability");
      scene.addListener("more", 81);
      scene.tenant.awaitReady("more");
      scene.awaitServed(81);
      trial.event(
          Set.of(),
          CONSEQUENCES,
          () -> {
            scene.cluster.restoreEtcd("availability");
            var restored = Instant.now();
            scene.awaitRefused(81);
            awaitRepaired();
            took.add(Duration.between(restored, Instant.now()));
          });
      publish(trial, row, "etcd restored from an older state", took);
    } finally {
      scene.delete("listener", "more");
    }
  }

  private void measure(String row, String words, List<Deed> deeds) {
    Parameters.assumeWanted(row);
    before = inventory();
    var took = new ArrayList<Duration>();
    try (var trial = scene.trial(row, Parameters.LOAD)) {
      for (var deed : deeds) {
        trial.event(Set.of(), CONSEQUENCES, () -> took.add(repaired(deed)));
      }
      publish(trial, row, words + " (" + String.join(", ", words(deeds)) + ")", took);
    }
  }

  private static List<String> words(List<Deed> deeds) {
    return deeds.stream().map(Deed::words).toList();
  }

  private Duration repaired(Deed deed) {
    var command = new ArrayList<>(List.of("-n", scene.tenant.namespace()));
    command.addAll(Arrays.asList(deed.kubectl()));
    if (deed.kubectl()[0].equals("patch")) {
      command.addAll(command.size() - 1, List.of("--type=merge", "--patch"));
    }
    scene.cluster.kubectl(command.toArray(String[]::new));
    var done = Instant.now();
    awaitRepaired();
    return Duration.between(done, Instant.now());
  }

  /** Everything is there again and as it should be, and nothing else. */
  private void awaitRepaired() {
    await("all is as before")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(inventory()).isEqualTo(before));
  }

  /** What there is of a load balancer, with what the deeds change in it; pods have other names. */
  private Set<String> inventory() {
    var fields =
        "{range .items[*]}{.kind}/{.metadata.name} {.spec.replicas}{.spec.maxUnavailable}"
            + " {.endpoints[*].conditions.ready}{.spec.targets[*].state}{\"\\n\"}{end}";
    var printed =
        scene.cluster.kubectl(
            "-n",
            scene.tenant.namespace(),
            "get",
            "forwardingconfig,endpointslice,healthreport,service,deployment,pdb,networkpolicy,rolebinding,serviceaccount",
            "-o",
            "jsonpath=" + fields);
    return new TreeSet<>(printed.lines().toList());
  }

  private void publish(Trial trial, String row, String words, List<Duration> took) {
    var worst = took.stream().max(Duration::compareTo).orElseThrow();
    var more = "As before after at most %.1f s".formatted(worst.toMillis() / 1e3);
    Table.publish(row, words, trial.end(), more);
    assertThat(worst).as("until all is as before").isLessThan(PROMISED);
  }
}
