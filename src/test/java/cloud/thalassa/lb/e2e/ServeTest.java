package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.traffic.Client;
import java.net.DatagramSocket;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From apply to the first byte, and with the pods as they come and go. */
class ServeTest {
  private static final int TCP = 80;
  private static final int UDP = 53;
  private static Tenant tenant;
  private static TargetPod first;
  private static TargetPod resolver;
  private static String address;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("serve");
    first = tenant.pod("web-1", "{app: web}", 8080);
    resolver = tenant.udpPod("dns-1", "{app: dns}", 5353);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: http}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec: {protocol: TCP, port: app, selector: {matchLabels: {app: web}}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: dns}
        spec: {loadBalancerRef: {name: web}, protocol: UDP, port: 53, targetGroupRef: {name: dns}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: dns}
        spec: {protocol: UDP, port: 5353, selector: {matchLabels: {app: dns}}}
        """);
    address = tenant.dataplane("web");
    tenant.awaitReady("http", "dns");
  }

  @AfterAll
  static void end() {
    tenant.close();
    first.close();
    resolver.close();
  }

  @Test
  void tcpReachesThePod() throws Exception {
    assertThat(Client.ask(address, TCP)).isEqualTo("web-1");
  }

  @Test
  void udpReachesThePod() throws Exception {
    assertThat(Client.askUdp(address, UDP)).isEqualTo("dns-1");
  }

  @Test
  void podsJoinAndLeave() throws Exception {
    try (var second = tenant.pod("web-2", "{app: web}", 8080)) {
      awaitTargets(Set.of("web-1", "web-2"));
      second.ready(false);
      awaitTargets(Set.of("web-1"));
      second.ready(true);
      awaitTargets(Set.of("web-1", "web-2"));
      second.label("app", "other");
      awaitTargets(Set.of("web-1"));
      second.label("app", "web");
      awaitTargets(Set.of("web-1", "web-2"));
      try (var connection = connectionTo("web-2")) {
        second.delete();
        awaitTargets(Set.of("web-1"));
        connection.exchange(1000); // a leaving target keeps its connections
      }
      second.gone();
    }
  }

  @Test
  void aFlowMovesWhenItsPodIsGone() throws Exception {
    try (var other = tenant.udpPod("dns-2", "{app: dns}", 5353);
        var socket = flowTo("dns-2")) {
      other.delete();
      other.gone();
      await("the flow moves to dns-1")
          .atMost(Tenant.PATIENCE)
          .ignoreExceptions()
          .until(() -> Client.askUdp(socket, address, UDP).equals("dns-1"));
    }
  }

  private static Client connectionTo(String target) {
    return await("a connection to " + target)
        .atMost(Tenant.PATIENCE)
        .until(() -> connectionOrNull(target), Objects::nonNull);
  }

  private static @Nullable Client connectionOrNull(String target) throws Exception {
    var client = new Client(address, TCP);
    if (client.target().equals(target)) {
      return client;
    }
    client.close();
    return null;
  }

  private static DatagramSocket flowTo(String target) {
    return await("a flow to " + target)
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(() -> flowOrNull(target), Objects::nonNull);
  }

  private static @Nullable DatagramSocket flowOrNull(String target) throws Exception {
    var socket = new DatagramSocket();
    if (Client.askUdp(socket, address, UDP).equals(target)) {
      return socket;
    }
    socket.close();
    return null;
  }

  private static void awaitTargets(Set<String> expected) {
    await("the targets are " + expected)
        .atMost(Tenant.PATIENCE)
        .until(answers(8), expected::equals);
  }

  private static Callable<Set<String>> answers(int connections) {
    return () -> {
      var answers = new HashSet<String>();
      for (var i = 0; i < connections; i++) {
        answers.add(Client.ask(address, TCP));
      }
      return answers;
    };
  }
}
