package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryEngine
class FlowLogTest {
  private final EngineUnderTest.Setting setting;
  private Path file;
  private FlowLog log;

  FlowLogTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @BeforeEach
  void open(@TempDir Path directory) {
    file = directory.resolve("flows.log");
    log = FlowLog.to(file, 1, new SimpleMeterRegistry());
  }

  @Test
  void aConnectionHasOneLineWhenItHasEnded() throws Exception {
    int clientPort;
    InetSocketAddress targetAddress;
    try (var target = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting, RelayLimits.DEFAULT, log)) {
      relay.serve(Protocol.TCP, target.address());
      targetAddress = target.address();
      try (var client = relay.connect()) {
        clientPort = client.getLocalPort();
        for (int i = 0; i < 10; i++) {
          Talk.echoes(client);
        }
        assertThat(Files.exists(file)).as("while it lives").isFalse();
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      relay.awaitCount(TerminationReason.CLIENT_CLOSED, 1);
    }
    var line = lines().getFirst();
    assertThat(lines()).hasSize(1);
    assertThat(line.get("loadBalancer").asText()).isEqualTo(Config.LOAD_BALANCER);
    assertThat(line.get("listener").asText()).isEqualTo(Relay.WEB);
    assertThat(address(line, "client"))
        .isEqualTo(new InetSocketAddress(setting.loopback(), clientPort));
    assertThat(address(line, "target")).isEqualTo(targetAddress);
    assertThat(line.get("bytesToTarget").asInt()).isEqualTo(10);
    assertThat(line.get("bytesToClient").asInt()).isEqualTo(10);
    assertThat(line.get("durationMillis").asInt()).isBetween(0, 60_000);
    assertThat(line.get("reason").asText()).isEqualTo("ClientClosed");
  }

  @Test
  void aFlowHasOneLineWhenItIsIdle() throws Exception {
    int clientPort;
    InetSocketAddress targetAddress;
    try (var target = UdpTarget.named(setting.loopback(), "hello");
        var relay = new Relay(setting, RelayLimits.DEFAULT, log);
        var client = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address()).idleTimeoutSeconds = 1;
      relay.apply();
      clientPort = client.port();
      targetAddress = target.address();
      client.ask(relay.address(), "you");
      relay.awaitCount(TerminationReason.IDLE_TIMEOUT, 1);
    }
    var line = lines().getFirst();
    assertThat(lines()).hasSize(1);
    assertThat(address(line, "client"))
        .isEqualTo(new InetSocketAddress(setting.loopback(), clientPort));
    assertThat(address(line, "target")).isEqualTo(targetAddress);
    assertThat(line.get("bytesToTarget").asInt())
        .isPositive()
        .isEqualTo(line.get("bytesToClient").asInt() / 5 * 3);
    assertThat(line.get("durationMillis").asInt()).isBetween(1000, 60_000);
    assertThat(line.get("reason").asText()).isEqualTo("IdleTimeout");
  }

  @Test
  void whoIsRefusedHasNoLine() throws Exception {
    try (var relay = new Relay(setting, RelayLimits.DEFAULT, log)) {
      relay.serve(Protocol.TCP);
      assertThatThrownBy(relay::connectAndRead).isInstanceOf(SocketException.class);
      relay.awaitCount(TerminationReason.NO_TARGET, 1);
    }
    assertThat(lines()).isEmpty();
  }

  private List<JsonNode> lines() throws IOException {
    log.close();
    var lines = new ArrayList<JsonNode>();
    if (Files.exists(file)) {
      for (var line : Files.readAllLines(file)) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return lines;
  }

  private static InetSocketAddress address(JsonNode line, String field) {
    var text = line.get(field).asText();
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        InetAddress.ofLiteral(text.substring(0, colon).replaceAll("[\\[\\]]", "")),
        Integer.parseInt(text.substring(colon + 1)));
  }
}
