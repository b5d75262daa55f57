package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryEngine
class AcceptProxyProtocolTest {
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");
  private static final InetSocketAddress SITE = at("203.0.113.7", 443);

  private final EngineUnderTest.Setting setting;

  AcceptProxyProtocolTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void theTargetHearsOfTheRealClientAndOfWhereItConnected(ProxyProtocol version) throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target).proxyProtocol = ProxyProtocol.V1;
      relay.apply();
      try (var upstream = relay.connect()) {
        say(upstream, header(version, "198.51.100.9"), "hello");
        upstream.shutdownOutput();
        try (var server = target.take()) {
          assertThat(server.getInputStream().readAllBytes())
              .asString(StandardCharsets.US_ASCII)
              .isEqualTo("PROXY TCP4 198.51.100.9 203.0.113.7 1234 443\r\nhello");
          server.getOutputStream().write("welcome".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(upstream.getInputStream().readAllBytes()).asString().isEqualTo("welcome");
      }
      relay.awaitCount(TerminationReason.CLIENT_CLOSED, 1);
      assertThat(relay.registry.get("thalassa.lb.bytes").tag("direction", "ToTarget").counter())
          .as("the header is none of the client's bytes")
          .satisfies(counter -> assertThat(counter.count()).isEqualTo(5));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V2"})
  void theHeaderMayComeInPieces(ProxyProtocol version) throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target);
      relay.apply();
      try (var upstream = relay.connect()) {
        upstream.setTcpNoDelay(true);
        for (byte octet : header(version, "198.51.100.9")) {
          upstream.getOutputStream().write(octet);
        }
        Talk.echoes(upstream);
      }
    }
  }

  @Test
  void megabytesBehindTheHeaderArriveWhole() throws Exception {
    var sent = new byte[3_000_000];
    new java.util.SplittableRandom(1).nextBytes(sent);
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target);
      relay.apply();
      try (var upstream = relay.connect()) {
        var whole = java.nio.ByteBuffer.allocate(sent.length + 100);
        whole.put(header(ProxyProtocol.V2, "198.51.100.9")).put(sent);
        Thread.startVirtualThread(
            () -> {
              try {
                upstream.getOutputStream().write(whole.array(), 0, whole.position());
                upstream.shutdownOutput();
              } catch (IOException e) {
                // the target sees it
              }
            });
        try (var server = target.take()) {
          assertThat(server.getInputStream().readAllBytes()).isEqualTo(sent);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY UNKNOWN\r\n", "\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0"})
  void anUpstreamMaySpeakForItself(String header) throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target).proxyProtocol = ProxyProtocol.V1;
      relay.apply();
      try (var upstream = relay.connect()) {
        say(upstream, header.getBytes(StandardCharsets.ISO_8859_1), "");
        try (var server = target.take()) {
          var mine =
              ProxyHeader.encode(
                  ProxyProtocol.V1,
                  Protocol.TCP,
                  (InetSocketAddress) upstream.getLocalSocketAddress(),
                  relay.address());
          assertThat(server.getInputStream().readNBytes(mine.length)).isEqualTo(mine);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "PROXY TCP4 nobody nowhere 1 2\r\n",
        "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u00ff\u00ff"
      })
  void whatIsNoHeaderIsCutBeforeATargetHearsOfIt(String bytes) throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target);
      relay.apply();
      try (var upstream = relay.connect()) {
        say(upstream, bytes.getBytes(StandardCharsets.ISO_8859_1), "");
        Talk.isReset(upstream);
      }
      relay.awaitCount(TerminationReason.BAD_PROXY_HEADER, 1);
      assertThat(relay.open()).isZero();
      assertThat(target.accepted).hasValue(0);
    }
  }

  @Test
  void aHeaderThatEndsTooSoonIsNone() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target);
      relay.apply();
      try (var upstream = relay.connect()) {
        say(upstream, "PROXY TCP4 ".getBytes(StandardCharsets.US_ASCII), "");
        upstream.shutdownOutput();
        Talk.isReset(upstream);
      }
      try (var upstream = relay.connect()) {
        upstream.shutdownOutput();
        Talk.isReset(upstream);
      }
      relay.awaitCount(TerminationReason.BAD_PROXY_HEADER, 2);
      assertThat(relay.open()).isZero();
    }
  }

  @Test
  void aHeaderHasToComeInTime() throws Exception {
    var limits = RelayLimits.DEFAULT.withProxyHeaderTimeout(Duration.ofMillis(300));
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting, limits)) {
      trusting(relay, target);
      relay.apply();
      try (var quiet = relay.connect();
          var slow = relay.connect()) {
        say(slow, "PROXY ".getBytes(StandardCharsets.US_ASCII), "");
        Talk.isReset(quiet);
        Talk.isReset(slow);
      }
      relay.awaitCount(TerminationReason.BAD_PROXY_HEADER, 2);
      try (var upstream = relay.connect()) {
        say(upstream, header(ProxyProtocol.V2, "198.51.100.9"), "");
        await()
            .during(Duration.ofMillis(500))
            .untilAsserted(() -> assertThat(relay.open()).isOne());
        Talk.echoes(upstream);
      }
    }
  }

  @Test
  void aHeaderMayTakeLongerThanAConnect() throws Exception {
    var limits = RelayLimits.DEFAULT.withConnectTimeout(Duration.ofMillis(200));
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting, limits)) {
      trusting(relay, target);
      relay.apply();
      try (var slow = relay.connect()) {
        await()
            .during(Duration.ofMillis(800))
            .untilAsserted(() -> assertThat(relay.open()).isOne());
        say(slow, header(ProxyProtocol.V2, "198.51.100.9"), "");
        Talk.echoes(slow);
      }
    }
  }

  @Test
  void anUpstreamThatVanishesLeavesNothing() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target);
      relay.apply();
      for (int i = 0; i < 50; i++) {
        var upstream = relay.connect();
        if (i % 2 == 0) {
          say(upstream, "PROXY TCP4 ".getBytes(StandardCharsets.US_ASCII), "");
        }
        upstream.setSoLinger(true, 0);
        upstream.close();
      }
      await().until(() -> relay.open() == 0);
      assertThat(target.accepted).hasValue(0);
    }
  }

  @Test
  void rulesForSourcesAreForTheRealClient() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      var listener = trusting(relay, target);
      listener.allowedSources = List.of("198.51.100.0/24");
      listener.maxConnectionsPerSource = 1;
      relay.apply();
      try (var first = relay.connect()) {
        say(first, header(ProxyProtocol.V2, "198.51.100.9"), "");
        Talk.echoes(first);
        try (var same = relay.connect()) {
          say(same, header(ProxyProtocol.V2, "198.51.100.9"), "");
          Talk.isReset(same);
        }
        relay.awaitCount(TerminationReason.MAX_CONNECTIONS_PER_SOURCE, 1);
        try (var other = relay.connect()) {
          say(other, header(ProxyProtocol.V1, "198.51.100.10"), "");
          Talk.echoes(other);
        }
        try (var stranger = relay.connect()) {
          say(stranger, header(ProxyProtocol.V1, "192.0.2.1"), "");
          Talk.isReset(stranger);
        }
        relay.awaitCount(TerminationReason.NOT_ALLOWED, 1);
        try (var itself = relay.connect()) {
          say(itself, "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII), "");
          Talk.isReset(itself);
        }
        relay.awaitCount(TerminationReason.NOT_ALLOWED, 2);
        Talk.echoes(first);
      }
      await().until(() -> relay.open() == 0);
      try (var again = relay.connect()) {
        say(again, header(ProxyProtocol.V2, "198.51.100.9"), "");
        Talk.echoes(again);
      }
    }
  }

  @Test
  void policiesSeeTheRealClient() throws Exception {
    try (var one = TcpTarget.echo(setting.loopback());
        var other = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, one);
      relay.pool().members.add(new Config.Member(other.address(), true, false));
      relay.pool().policy = SelectionPolicy.MAGLEV;
      relay.apply();
      for (int i = 0; i < 20; i++) {
        connectFor(relay, "198.51.100." + i);
      }
      assertThat(one.accepted.get()).as("of different clients").isBetween(1, 19);
      int before = one.accepted.get();
      for (int i = 0; i < 20; i++) {
        connectFor(relay, "198.51.100.77");
      }
      assertThat(one.accepted.get() - before).as("of one client").isIn(0, 20);
    }
  }

  private static void connectFor(Relay relay, String client) throws IOException {
    try (var upstream = relay.connect()) {
      say(upstream, header(ProxyProtocol.V2, client), "");
      Talk.echoes(upstream);
    }
  }

  @Test
  void anUpstreamCountsAmongAllConnectionsFromTheStart() throws Exception {
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target).maxConnections = 1;
      relay.apply();
      try (var silent = relay.connect()) {
        await().until(() -> relay.open() == 1);
        assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
        relay.awaitCount(TerminationReason.MAX_CONNECTIONS, 1);
        say(silent, header(ProxyProtocol.V2, "198.51.100.9"), "");
        Talk.echoes(silent);
      }
    }
  }

  @Test
  void whoIsNotTrustedIsAnOrdinaryClient() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      trusting(relay, target).acceptProxyProtocolFrom = List.of("10.0.0.0/8");
      relay.apply();
      try (var client = relay.connect();
          var server = target.take()) {
        var header = header(ProxyProtocol.V1, "198.51.100.9");
        say(client, header, "");
        assertThat(server.getInputStream().readNBytes(header.length)).isEqualTo(header);
      }
    }
  }

  @Test
  void theFlowLogNamesTheRealClient(@TempDir Path directory) throws Exception {
    var file = directory.resolve("flows.log");
    try (var target = TcpTarget.echo(setting.loopback());
        var log = FlowLog.to(file, 1, new SimpleMeterRegistry());
        var relay = new Relay(setting, RelayLimits.DEFAULT, log)) {
      trusting(relay, target);
      relay.apply();
      try (var upstream = relay.connect()) {
        say(upstream, header(ProxyProtocol.V2, "198.51.100.9"), "");
        Talk.echoes(upstream);
      }
      relay.awaitCount(TerminationReason.CLIENT_CLOSED, 1);
    }
    assertThat(Files.readString(file)).contains("\"client\":\"198.51.100.9:1234\"");
  }

  private Config.ListenerConfig trusting(Relay relay, TcpTarget target) {
    var listener = relay.listener(Protocol.TCP, target.address());
    listener.acceptProxyProtocolFrom = LOOPBACK;
    return listener;
  }

  private static byte[] header(ProxyProtocol version, String client) {
    return ProxyHeader.encode(version, Protocol.TCP, at(client, 1234), SITE);
  }

  private static void say(Socket socket, byte[] header, String more) throws IOException {
    var bytes = HexFormat.of().formatHex(header) + HexFormat.of().formatHex(more.getBytes());
    socket.getOutputStream().write(HexFormat.of().parseHex(bytes));
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
