package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Entry;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Pool;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.dataplane.table.Documents;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;

/**
 * A target of each protocol for the {@link WarmUp}, and its clients: one thread is both ends of a
 * conversation, for what is on its way fits into the sockets' buffers. Every wait has an end.
 */
final class LoopbackTargets implements Closeable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** Where the port of a target, which was chosen as a free one, is free as well. */
  private static final InetAddress BESIDE = InetAddress.ofLiteral("127.0.0.2");

  private static final int PATIENCE_MILLIS = 1000;
  private static final int EXCHANGES = 4;
  private static final int MESSAGE = 64;
  private static final int BULK = 16 << 10;

  private final ServerSocket tcp = new ServerSocket(0, 50, LOOPBACK);
  private final DatagramSocket udp = new DatagramSocket(0, LOOPBACK);
  private final byte[] message = new byte[MESSAGE];
  private final byte[] bulk = new byte[BULK];

  LoopbackTargets() throws IOException {
    tcp.setSoTimeout(PATIENCE_MILLIS);
    udp.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Of a load balancer that has a listener for each target. */
  Documents documents() {
    var config = new ForwardingConfig();
    config.setMetadata(new ObjectMetaBuilder().withNamespace("warm").withName("up").build());
    config.setSpec(
        new ForwardingConfigSpec(
            ForwardingConfigSpec.FORMAT_VERSION,
            "1",
            List.of(BESIDE.getHostAddress()),
            List.of(
                listener(Protocol.TCP, tcp.getLocalPort()),
                listener(Protocol.UDP, udp.getLocalPort())),
            List.of(pool(Protocol.TCP), pool(Protocol.UDP)),
            null));
    var slices =
        List.of(slice(Protocol.TCP, tcp.getLocalPort()), slice(Protocol.UDP, udp.getLocalPort()));
    return new Documents(List.of(config), slices, List.of(), Map.of());
  }

  /** Once over TCP, with both ways of ending it, and once over UDP. */
  void converse(InetSocketAddress tcpListener, InetSocketAddress udpListener) throws IOException {
    try (var client = new Socket()) {
      client.connect(tcpListener, PATIENCE_MILLIS);
      prepare(client);
      try (var target = tcp.accept()) {
        prepare(target);
        for (var i = 0; i < EXCHANGES; i++) {
          pass(client, target, message);
          pass(target, client, message);
        }
        pass(target, client, bulk);
        client.shutdownOutput();
        awaitEnd(target);
        target.shutdownOutput();
        awaitEnd(client);
      }
    }
    try (var client = new DatagramSocket(0, LOOPBACK)) {
      client.setSoTimeout(PATIENCE_MILLIS);
      for (var i = 0; i < EXCHANGES; i++) {
        client.send(new DatagramPacket(message, MESSAGE, udpListener));
        var asked = new DatagramPacket(new byte[MESSAGE], MESSAGE);
        udp.receive(asked);
        udp.send(asked);
        client.receive(new DatagramPacket(new byte[MESSAGE], MESSAGE));
      }
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  private static void prepare(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true); // nothing waits for an acknowledgement
  }

  private static void pass(Socket from, Socket to, byte[] bytes) throws IOException {
    from.getOutputStream().write(bytes);
    if (to.getInputStream().readNBytes(bytes.length).length < bytes.length) {
      throw new EOFException("a conversation ended in the middle");
    }
  }

  private static void awaitEnd(Socket socket) throws IOException {
    if (socket.getInputStream().read() >= 0) {
      throw new IOException("more was said than was to be");
    }
  }

  private static Entry listener(Protocol protocol, int port) {
    return new Entry(
        "warm/" + protocol,
        protocol,
        port,
        null,
        "warm/" + protocol,
        0,
        0,
        0,
        1,
        List.of(),
        ProxyProtocol.NONE,
        List.of());
  }

  private static Pool pool(Protocol protocol) {
    return new Pool(
        "warm/" + protocol, SelectionPolicy.ROUND_ROBIN, WhenNoneHealthy.REFUSE, 1, 0, null);
  }

  private static EndpointSlice slice(Protocol protocol, int port) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace("warm")
        .withName(protocol.toString())
        .addToLabels(Api.LOAD_BALANCER_LABEL, "up")
        .addToLabels(Api.TARGET_GROUP_NAMESPACE_LABEL, "warm")
        .addToLabels(Api.TARGET_GROUP_LABEL, protocol.toString())
        .endMetadata()
        .withAddressType("IPv4")
        .addNewPort()
        .withName(Api.TARGET_PORT)
        .withPort(port)
        .endPort()
        .addNewEndpoint()
        .addToAddresses(LOOPBACK.getHostAddress())
        .withNewConditions()
        .withReady(true)
        .endConditions()
        .endEndpoint()
        .build();
  }
}
