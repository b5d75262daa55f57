package cloud.thalassa.lb.dataplane.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @Test
  void noneIsNoByte() {
    assertThat(
            ProxyHeader.encode(
                ProxyProtocol.NONE, Protocol.TCP, at("10.0.0.1", 1), at("10.0.0.2", 2)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.22, 35646, 203.0.113.7, 443, PROXY TCP4 198.51.100.22 203.0.113.7 35646 443",
    "2001:db8::1, 65535, 2001:db8:0:1::, 1, PROXY TCP6 2001:db8::1 2001:db8:0:1:: 65535 1",
    "::1, 5, 2001:db8:1:2:3:4:5:6, 6, PROXY TCP6 ::1 2001:db8:1:2:3:4:5:6 5 6",
    "1:0:0:2:0:0:0:3, 5, 1:0:2:3:4:5:6:7, 6, PROXY TCP6 1:0:0:2::3 1:0:2:3:4:5:6:7 5 6",
    "::, 5, ::2, 6, PROXY TCP6 :: ::2 5 6",
    "10.0.0.1, 5, 2001:db8::1, 6, PROXY TCP6 ::ffff:10.0.0.1 2001:db8::1 5 6",
    "::ffff:10.0.0.1, 5, 10.0.0.2, 6, PROXY TCP4 10.0.0.1 10.0.0.2 5 6"
  })
  void version1IsOneLine(String client, int clientPort, String listener, int port, String line) {
    assertThat(
            new String(
                ProxyHeader.encode(
                    ProxyProtocol.V1, Protocol.TCP, at(client, clientPort), at(listener, port)),
                StandardCharsets.US_ASCII))
        .isEqualTo(line + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, 198.51.100.22, 35646, 203.0.113.7, 443, 2111000cc6336416cb0071078b3e01bb",
    "UDP, 198.51.100.22, 35646, 203.0.113.7, 53, 2112000cc6336416cb0071078b3e0035",
    "TCP, 2001:db8::1, 65535, ::2, 1, 2121002420010db800000000000000000000000100000000000000000000000000000002ffff0001",
    "UDP, 10.0.0.1, 5, ::2, 6, 2122002400000000000000000000ffff0a0000010000000000000000000000000000000200050006",
    "TCP, ::2, 5, 10.0.0.1, 6, 212100240000000000000000000000000000000200000000000000000000ffff0a00000100050006"
  })
  void version2IsBinary(
      Protocol protocol, String client, int clientPort, String listener, int port, String bytes) {
    assertThat(
            HexFormat.of()
                .formatHex(
                    ProxyHeader.encode(
                        ProxyProtocol.V2, protocol, at(client, clientPort), at(listener, port))))
        .isEqualTo(SIGNATURE + bytes);
  }

  @Test
  void aZoneIsNotWritten() throws Exception {
    var scoped = InetAddress.getByName("fe80::1%1");

    assertThat(
            new String(
                ProxyHeader.encode(
                    ProxyProtocol.V1,
                    Protocol.TCP,
                    new InetSocketAddress(scoped, 1),
                    at("fe80::2", 2)),
                StandardCharsets.US_ASCII))
        .isEqualTo("PROXY TCP6 fe80::1 fe80::2 1 2\r\n");
  }

  @Test
  void version1HasNoUdp() {
    assertThatThrownBy(
            () ->
                ProxyHeader.encode(ProxyProtocol.V1, Protocol.UDP, at("10.0.0.1", 1), at("::1", 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: V2");
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
