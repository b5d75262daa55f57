package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The header as its specification says, byte by byte, made here once more. */
@OnEveryEngine
class ProxyProtocolTest {
  private final EngineUnderTest.Setting setting;
  private final boolean ipv4;

  ProxyProtocolTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
    ipv4 = setting.loopback().getAddress().length == 4;
  }

  @Test
  void version1IsBeforeTheFirstByteOfTheClient() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).proxyProtocol = ProxyProtocol.V1;
      relay.apply();
      try (var client = relay.connect();
          var server = target.take()) {
        var address = ipv4 ? "127.0.0.1" : "::1";
        var header =
            "PROXY TCP%d %s %s %d %d\r\n"
                .formatted(ipv4 ? 4 : 6, address, address, client.getLocalPort(), client.getPort());
        assertThat(server.getInputStream().readNBytes(header.length()))
            .as("before the client says anything")
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo(header);
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("hello");
      }
    }
  }

  @Test
  void version2IsBeforeTheFirstByteOfTheClient() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      try (var client = relay.connect();
          var server = target.take()) {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        var header = version2(1, client.getLocalPort(), client.getPort());

        assertThat(server.getInputStream().readNBytes(header.length)).isEqualTo(header);
        assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("hello");
      }
    }
  }

  @Test
  void version2IsBeforeEveryDatagram() throws Exception {
    try (var target = UdpTarget.recording(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address()).proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      for (var word : new String[] {"one", "two"}) {
        client.send(relay.address(), word);
        var header = version2(2, client.port(), relay.address().getPort());
        var expected =
            ByteBuffer.allocate(header.length + 3).put(header).put(word.getBytes()).array();
        assertThat(target.take()).isEqualTo(expected);
      }
    }
  }

  private byte[] version2(int transport, int clientPort, int port) {
    var length = ipv4 ? 12 : 36;
    var ip = setting.loopback().getAddress();
    return ByteBuffer.allocate(16 + length)
        .put(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a21"))
        .put((byte) ((ipv4 ? 0x10 : 0x20) + transport))
        .putShort((short) length)
        .put(ip)
        .put(ip)
        .putShort((short) clientPort)
        .putShort((short) port)
        .array();
  }
}
