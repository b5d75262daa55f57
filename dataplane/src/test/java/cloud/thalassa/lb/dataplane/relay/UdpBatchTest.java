package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However many datagrams travel together, each arrives as it was sent. */
@OnEveryEngine
class UdpBatchTest {
  private static final int ROUNDS = 20;
  private final EngineUnderTest.Setting setting;
  private final Random random = new Random(4);

  UdpBatchTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void burstsOfMixedSizesComeBackDatagramByDatagramInOrder() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.serve(Protocol.UDP, target.address());
      for (int round = 0; round < ROUNDS; round++) {
        var burst = burst();
        for (var datagram : burst) {
          client.send(relay.address(), datagram);
        }
        for (var datagram : burst) {
          assertThat(text(client.receive(10_000))).isEqualTo(text(datagram));
        }
      }
      assertThat(relay.open()).isOne();
    }
  }

  @Test
  void eachOfABurstHasItsOwnHeader() throws Exception {
    try (var target = UdpTarget.recording(setting.loopback());
        var relay = new Relay(setting);
        var client = new UdpClient(setting.loopback())) {
      relay.listener(Protocol.UDP, target.address()).proxyProtocol = ProxyProtocol.V2;
      relay.apply();
      int header = setting.loopback().getAddress().length == 4 ? 28 : 52;
      for (int round = 0; round < ROUNDS; round++) {
        var burst = burst();
        for (var datagram : burst) {
          client.send(relay.address(), datagram);
        }
        for (var datagram : burst) {
          var came = target.take();
          assertThat(came[12]).isEqualTo((byte) 0x21);
          assertThat(text(Arrays.copyOfRange(came, header, came.length))).isEqualTo(text(datagram));
        }
      }
    }
  }

  @Test
  void datagramsOfThousandsOfFlowsReachTheirOwnClients() throws Exception {
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting)) {
      relay.serve(Protocol.UDP, target.address());
      var clients = new ArrayList<UdpClient>();
      try {
        for (int i = 0; i < 2_000; i++) {
          clients.add(new UdpClient(setting.loopback()));
        }
        for (int round = 0; round < 2; round++) {
          for (int i = 0; i < clients.size(); i++) {
            clients.get(i).send(relay.address(), round + "-" + i);
          }
          for (int i = 0; i < clients.size(); i++) {
            assertThat(clients.get(i).receive(10_000)).asString().isEqualTo(round + "-" + i);
          }
        }
        assertThat(relay.open()).isEqualTo(clients.size());
      } finally {
        clients.forEach(UdpClient::close);
      }
    }
  }

  @Test
  void emptyDatagramsPassAmongOthersBothWays() throws Exception {
    assumeThat(setting.engine())
        .as("Java sends no empty datagram out of a connected socket")
        .isNotEqualTo(EngineUnderTest.VERTX);
    try (var target = UdpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var client = new DatagramSocket(0, setting.loopback())) {
      relay.serve(Protocol.UDP, target.address());
      client.setSoTimeout(10_000);
      int[] lengths = {0, 5, 5, 0, 0, 5, 3, 0};
      for (int length : lengths) {
        client.send(new DatagramPacket(new byte[length], length, relay.address()));
      }
      for (int length : lengths) {
        var answer = new DatagramPacket(new byte[100], 100);
        client.receive(answer);
        assertThat(answer.getLength()).isEqualTo(length);
      }
    }
  }

  private static String text(byte[] datagram) {
    return datagram.length + " bytes, hash " + Arrays.hashCode(datagram);
  }

  /** Runs of one size, runs with a shorter one behind them, and sizes all different. */
  private List<byte[]> burst() {
    var burst = new ArrayList<byte[]>();
    while (burst.size() < 150) {
      int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 3 : 1400);
      for (int i = random.nextInt(80); i >= 0; i--) {
        var datagram = new byte[size];
        random.nextBytes(datagram);
        burst.add(datagram);
      }
    }
    return burst;
  }
}
