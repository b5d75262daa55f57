package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import org.junit.jupiter.api.Test;

/** No buffer is forgotten, however its connection ended. */
@OnEveryEngine
class LeakTest {
  private final EngineUnderTest.Setting setting;

  LeakTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void everyBufferIsReleased() throws Exception {
    LeakDetector.LEAKS.clear();
    abortedTransfers();
    droppedDatagrams();
    System.gc();
    abortedTransfers(); // a leak is reported when the next buffers are made
    droppedDatagrams();

    assertThat(LeakDetector.inUse).isTrue();
    assertThat(LeakDetector.LEAKS).isEmpty();
  }

  private void abortedTransfers() throws Exception {
    try (var target = TcpTarget.manual(setting.loopback());
        var relay = new Relay(setting)) {
      relay.listener(Protocol.TCP, target.address()).proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      for (int i = 0; i < 10; i++) {
        var client = relay.connect();
        var server = target.take();
        client.getOutputStream().write(new byte[500_000]);
        if (i % 2 == 0) {
          client.setSoLinger(true, 0);
          client.close();
        } else {
          server.setSoLinger(true, 0);
          server.close();
          client.close();
        }
      }
    }
  }

  private void droppedDatagrams() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback());
        var other = new UdpClient(setting.loopback())) {
      var listener = relay.listener(Protocol.UDP, target.address());
      listener.maxConnections = 1;
      listener.proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      client.ask(relay.address(), "x");
      for (int i = 0; i < 100; i++) {
        client.send(relay.address(), new byte[60_000]);
        client.send(relay.address(), new byte[65_500]);
        other.send(relay.address(), "refused");
      }
      target.close();
      client.send(relay.address(), "unreachable");
    }
  }
}
