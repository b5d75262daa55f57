package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same without a cluster: files instead of objects, on addresses of this machine. */
class DirectoryModeTest {
  private static final String ADDRESS = Tenant.newAddress();
  private static final String[] TARGETS = {Tenant.newAddress(), Tenant.newAddress()};
  private static final Backend[] BACKENDS = new Backend[3];

  @TempDir static Path directory;
  private static Child program;

  @BeforeAll
  static void run() throws IOException {
    BACKENDS[0] = Backend.tcp("a", TARGETS[0], 8080);
    BACKENDS[1] = Backend.tcp("b", TARGETS[1], 8080);
    BACKENDS[2] = Backend.udp("dns", TARGETS[0], 5353);
    write(
        "lb.yaml",
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {addresses: [%s]}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 2}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: dns}
        spec: {protocol: UDP, port: 5353, targets: [{address: %s}]}
        """
            .formatted(ADDRESS, TARGETS[0]));
    write("http.yaml", listener("http", "TCP", 8080, "web"));
    write("dns.yaml", listener("dns", "UDP", 53, "dns"));
    write("pod-a.yaml", pod("a", TARGETS[0]));
    program = Launcher.run("--no-api", directory.toString());
  }

  @AfterAll
  static void end() {
    program.terminate();
    program.exitCode(30);
    for (var backend : BACKENDS) {
      backend.close();
    }
  }

  @Test
  void servesTcpAndUdp() throws Exception {
    awaitTargets(8080, Set.of("a"));
    assertThat(Client.askUdp(ADDRESS, 53)).isEqualTo("dns");
  }

  @Test
  void aFileIsInEffectAsSoonAsItIsWritten() throws Exception {
    write("pod-b.yaml", pod("b", TARGETS[1]));
    awaitTargets(8080, Set.of("a", "b"));
    Files.delete(directory.resolve("objects/pod-b.yaml"));
    awaitTargets(8080, Set.of("a"));

    write("more.yaml", listener("more", "TCP", 8081, "web"));
    awaitTargets(8081, Set.of("a"));
    Files.delete(directory.resolve("objects/more.yaml"));
    await().until(() -> refused(8081));
  }

  @Test
  void aRangeOfPortsIsOneListener() throws Exception {
    try (var _ = Backend.tcp("a, next port", TARGETS[0], 8081)) {
      write("range.yaml", listener("range", "TCP", 8100, "web") + "  endPort: 8101\n");
      awaitTargets(8100, Set.of("a"));
      awaitTargets(8101, Set.of("a, next port"));

      write("within.yaml", listener("within", "TCP", 8101, "web"));
      await()
          .atMost(Tenant.PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(status("Listener", "within")).contains("Conflicted", "range"));
      assertThat(Client.ask(ADDRESS, 8101)).isEqualTo("a, next port");
    }
    Files.delete(directory.resolve("objects/within.yaml"));
    Files.delete(directory.resolve("objects/range.yaml"));
    await().until(() -> refused(8101));
  }

  @Test
  void badYamlIsSaidAndWhatWasValidStaysInService() throws Exception {
    awaitTargets(8080, Set.of("a"));
    write("http.yaml", "apiVersion: lb.thalassa.cloud/v1alpha1\nkind: Listener\n  oops: [\n");
    await().untilAsserted(() -> assertThat(program.output()).containsPattern("http\\.yaml:3"));
    assertThat(Client.ask(ADDRESS, 8080)).isEqualTo("a");

    write("http.yaml", listener("http", "TCP", 99_999, "web"));
    await()
        .untilAsserted(
            () -> assertThat(program.output()).containsPattern("http\\.yaml:\\d+.*spec\\.port"));
    assertThat(Client.ask(ADDRESS, 8080)).isEqualTo("a");

    write("http.yaml", listener("http", "TCP", 8080, "web"));
    awaitTargets(8080, Set.of("a"));
  }

  @Test
  void aPortThatIsTakenIsSaidAndRetried() throws Exception {
    try (var holder = new ServerSocket()) {
      holder.bind(new InetSocketAddress(ADDRESS, 8443));
      write("taken.yaml", listener("taken", "TCP", 8443, "web"));
      await("PortUnavailable")
          .atMost(Tenant.PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(status("Listener", "taken")).contains("PortUnavailable", "8443"));
      assertThat(Client.ask(ADDRESS, 8080)).isEqualTo("a");
    }
    awaitTargets(8443, Set.of("a"));
    Files.delete(directory.resolve("objects/taken.yaml"));
  }

  @Test
  void aSecondStartIsRefused() {
    var second = Launcher.start("run", directory.toString());
    assertThat(second.exitCode(30)).isEqualTo(1);
    assertThat(second.output().strip().lines()).hasSize(1);
    assertThat(second.output()).contains(directory.toString());
  }

  @Test
  void aSignalEndsAllOfIt(@TempDir Path other) throws Exception {
    Files.createDirectories(other.resolve("objects"));
    var address = Tenant.newAddress();
    Files.writeString(
        other.resolve("objects/all.yaml"),
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {addresses: [%s]}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec: {protocol: TCP, port: 8080, targets: [{address: %s}]}
        ---
        %s"""
            .formatted(address, TARGETS[0], listener("web", "TCP", 80, "web")));
    var run = Launcher.run(other.toString());
    var descendants = ProcessHandle.of(run.pid()).orElseThrow().descendants().toList();
    assertThat(descendants).isNotEmpty();
    assertThat(Client.ask(address, 80)).isEqualTo("a");
    run.terminate();
    assertThat(run.exitCode(30)).isZero();
    await().until(() -> descendants.stream().noneMatch(ProcessHandle::isAlive));
    var again = Launcher.run(other.toString());
    again.terminate();
    assertThat(again.exitCode(30)).isZero();
  }

  private static boolean refused(int port) {
    try {
      Client.ask(ADDRESS, port);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void awaitTargets(int port, Set<String> expected) {
    await("the targets of " + port + " are " + expected)
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(() -> answers(port), expected::equals);
  }

  private static Set<String> answers(int port) throws IOException {
    var answers = new HashSet<String>();
    for (var i = 0; i < 6; i++) {
      answers.add(Client.ask(ADDRESS, port));
    }
    return answers;
  }

  private static String status(String kind, String name) throws IOException {
    return Files.readString(directory.resolve("status/default/%s/%s.yaml".formatted(kind, name)));
  }

  private static void write(String file, String yaml) throws IOException {
    var objects = Files.createDirectories(directory.resolve("objects"));
    Files.writeString(objects.resolve(file), yaml);
  }

  private static String pod(String name, String address) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: {app: web}}
        status: {podIP: %s, phase: Running}
        """
        .formatted(name, address);
  }

  private static String listener(String name, String protocol, int port, String group) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec:
          loadBalancerRef: {name: web}
          protocol: %s
          port: %d
          targetGroupRef: {name: %s}
        """
        .formatted(name, protocol, port, group);
  }
}
