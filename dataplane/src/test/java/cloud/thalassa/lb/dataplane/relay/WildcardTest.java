package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A load balancer without addresses listens on all of the machine, for both families. */
@OnEveryEngine
class WildcardTest {
  private final EngineUnderTest.Setting setting;

  WildcardTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void tcpIsServedOnEveryAddressAndTheTargetLearnsWhichItWas() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.config.address = null;
      relay.listener(Protocol.TCP, target.address()).proxyProtocol = ProxyProtocol.V1;
      relay.apply();
      try (var client = relay.connect();
          var server = target.take()) {
        client.shutdownOutput();
        var ipv4 = setting.loopback().getAddress().length == 4;
        assertThat(server.getInputStream().readAllBytes())
            .asString()
            .isEqualTo(
                "PROXY %s %d %d\r\n",
                ipv4 ? "TCP4 127.0.0.1 127.0.0.1" : "TCP6 ::1 ::1",
                client.getLocalPort(),
                client.getPort());
      }
    }
  }

  @Test
  void udpIsServedOnEveryAddress() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.config.address = null;
      relay.serve(Protocol.UDP, target.address());

      assertThat(client.ask(relay.address(), "x")).isEqualTo("x");
    }
  }

  @Test
  void udpIsAnsweredFromTheAddressThatItWasSentTo() throws Exception {
    assumeTwoAddresses();
    try (var target = UdpTarget.recording(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.config.address = null;
      relay.listener(Protocol.UDP, target.address()).proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      var port = relay.address().getPort();
      for (var address : new String[] {"127.0.0.2", "127.0.0.1", "127.0.0.3"}) {
        client.send(new InetSocketAddress(address, port), "x");
        assertThat(Arrays.copyOfRange(target.take(), 20, 24))
            .isEqualTo(InetAddress.ofLiteral(address).getAddress());
      }
      assertThat(relay.open()).isEqualTo(3);
    }
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.config.address = null;
      relay.serve(Protocol.UDP, target.address());
      var other = new InetSocketAddress("127.0.0.2", relay.address().getPort());

      assertThat(client.ask(other, "x")).isEqualTo("x");
      assertThat(client.ask(relay.address(), "y")).isEqualTo("y");
    }
  }

  private void assumeTwoAddresses() {
    assumeThat(setting.loopback())
        .as("IPv6 has one loopback address")
        .isInstanceOf(Inet4Address.class);
    assumeThat(setting.engine())
        .as("Java does not tell where a datagram came in")
        .isNotEqualTo(EngineUnderTest.VERTX);
  }

  @Test
  void proxyHeaderOfADatagramHasTheFamilyOfTheClient() throws Exception {
    try (var target = UdpTarget.recording(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.config.address = null;
      relay.listener(Protocol.UDP, target.address()).proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      client.send(relay.address(), "x");

      var ipv4 = setting.loopback().getAddress().length == 4;
      var header = target.take();
      assertThat(header[13]).isEqualTo((byte) (ipv4 ? 0x12 : 0x22));
      assertThat(Arrays.copyOfRange(header, 16, 16 + (ipv4 ? 4 : 16)))
          .isEqualTo(setting.loopback().getAddress());
    }
  }
}
