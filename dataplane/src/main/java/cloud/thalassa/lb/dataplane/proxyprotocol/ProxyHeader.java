package cloud.thalassa.lb.dataplane.proxyprotocol;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.dataplane.admit.Ip;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What tells a target who its client is, according to
 * https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt
 */
public final class ProxyHeader {
  /** No header that is written here is longer, in bytes. */
  public static final int MAX_LENGTH = 107;

  private ProxyHeader() {}

  /**
   * The bytes to write before the first byte of the client, or before each of its datagrams; none
   * for {@link ProxyProtocol#NONE}. When only one of the addresses is IPv4, it is written as
   * IPv4-mapped IPv6: a header has one family.
   *
   * @throws IllegalArgumentException for version 1 with UDP, which does not exist
   */
  public static byte[] encode(
      ProxyProtocol version,
      Protocol protocol,
      InetSocketAddress client,
      InetSocketAddress listener) {
    return switch (version) {
      case NONE -> new byte[0];
      case V1 -> version1(protocol, client, listener);
      case V2 -> version2(protocol, client, listener);
    };
  }

  private static byte[] version1(
      Protocol protocol, InetSocketAddress client, InetSocketAddress listener) {
    if (protocol != Protocol.TCP) {
      throw new IllegalArgumentException("PROXY protocol V1 with " + protocol + " (expected: V2)");
    }
    var ipv4 = bothIpv4(client, listener);
    var line =
        "PROXY %s %s %s %d %d\r\n"
            .formatted(
                ipv4 ? "TCP4" : "TCP6",
                text(client.getAddress(), ipv4),
                text(listener.getAddress(), ipv4),
                client.getPort(),
                listener.getPort());
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] version2(
      Protocol protocol, InetSocketAddress client, InetSocketAddress listener) {
    var ipv4 = bothIpv4(client, listener);
    var addresses = ipv4 ? 2 * 4 + 4 : 2 * 16 + 4;
    var transport = protocol == Protocol.TCP ? Version2.STREAM : Version2.DATAGRAM;
    return ByteBuffer.allocate(Version2.FIXED + addresses)
        .put(Version2.SIGNATURE)
        .put(Version2.PROXY)
        .put((byte) ((ipv4 ? Version2.IPV4 : Version2.IPV6) | transport))
        .putShort((short) addresses)
        .put(bytes(client.getAddress(), ipv4))
        .put(bytes(listener.getAddress(), ipv4))
        .putShort((short) client.getPort())
        .putShort((short) listener.getPort())
        .array();
  }

  private static boolean bothIpv4(InetSocketAddress client, InetSocketAddress listener) {
    return client.getAddress() instanceof Inet4Address
        && listener.getAddress() instanceof Inet4Address;
  }

  private static String text(InetAddress address, boolean ipv4) {
    if (ipv4) {
      return address.getHostAddress();
    }
    return address instanceof Inet4Address
        ? "::ffff:" + address.getHostAddress()
        : Ip.text(address);
  }

  private static byte[] bytes(InetAddress address, boolean ipv4) {
    var bytes = address.getAddress();
    if (ipv4 || bytes.length == 16) {
      return bytes;
    }
    return ByteBuffer.allocate(16).putShort(10, (short) 0xffff).put(12, bytes).array();
  }
}
