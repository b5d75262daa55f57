package cloud.thalassa.lb.dataplane.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Header;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Origin;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Unread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderReaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String ADDRESSES4 = "cb00710ac000020109c401bb";
  private static final String ADDRESSES6 =
      "20010db8000000000000000000000001" + "20010db8000000000000000000000002" + "09c401bb";

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 203.0.113.10 192.0.2.1 2500 443, 203.0.113.10, 2500, 192.0.2.1, 443",
    "PROXY TCP4 255.255.255.255 0.0.0.0 65535 0, 255.255.255.255, 65535, 0.0.0.0, 0",
    "PROXY TCP6 2001:db8::1 2001:DB8::2 2500 443, 2001:db8::1, 2500, 2001:db8::2, 443",
    "PROXY TCP6 ::ffff:203.0.113.10 ::1 1 2, 203.0.113.10, 1, ::1, 2",
    "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535,"
        + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 65535, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 65535",
  })
  void version1NamesTheClient(
      String line, String client, int clientPort, String destination, int port) {
    isHeader(line(line), origin(client, clientPort, destination, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY UNKNOWN",
        "PROXY UNKNOWN ",
        "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535",
        "PROXY UNKNOWN what ever { it } is",
      })
  void version1MayNotKnow(String line) {
    isHeader(line(line), null);
  }

  @Test
  void version1EndsWithItsLongestLine() {
    isHeader(line("PROXY UNKNOWN " + "x".repeat(107 - 14 - 2)), null);
    isMalformed(line("PROXY UNKNOWN " + "x".repeat(107 - 14 - 1)));
    isMalformed(("PROXY UNKNOWN " + "x".repeat(107 - 14)).getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY",
        "PROXY ",
        "PROXY TCP4",
        "proxy TCP4 203.0.113.10 192.0.2.1 2500 443",
        "PROXY UDP4 203.0.113.10 192.0.2.1 2500 443",
        "PROXY TCP4 203.0.113.10 192.0.2.1 2500",
        "PROXY TCP4 203.0.113.10 192.0.2.1 2500 443 ",
        "PROXY TCP4  203.0.113.10 192.0.2.1 2500 443",
        "PROXY TCP4 203.0.113.10 192.0.2.1 2500 443 1",
        "PROXY TCP4\t203.0.113.10 192.0.2.1 2500 443",
        "PROXY TCP4 203.0.113.256 192.0.2.1 2500 443",
        "PROXY TCP4 203.0.113.010 192.0.2.1 2500 443",
        "PROXY TCP4 203.0.113 192.0.2.1 2500 443",
        "PROXY TCP4 2001:db8::1 2001:db8::2 2500 443",
        "PROXY TCP6 203.0.113.10 192.0.2.1 2500 443",
        "PROXY TCP6 2001:db8::1 192.0.2.1 2500 443",
        "PROXY TCP6 2001:db8::1%eth0 2001:db8::2 2500 443",
        "PROXY TCP6 [2001:db8::1] 2001:db8::2 2500 443",
        "PROXY TCP6 2001:db8:::1 2001:db8::2 2500 443",
        "PROXY TCP6 : : 1 2",
        "PROXY TCP4 203.0.113.10 192.0.2.1 65536 443",
        "PROXY TCP4 203.0.113.10 192.0.2.1 02500 443",
        "PROXY TCP4 203.0.113.10 192.0.2.1 -1 443",
        "PROXY TCP4 203.0.113.10 192.0.2.1 +1 443",
        "PROXY TCP4 host 192.0.2.1 2500 443",
        "PROXY UNKNOWNX",
        "PROXY UNKNOWN \u0001",
        "GET / HTTP/1.1",
        " PROXY UNKNOWN",
      })
  void nothingElseIsVersion1(String line) {
    isMalformed(line(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY UNKNOWN\n", "PROXY UNKNOWN\r\r\n", "PROXY UNKNOWN\rx"})
  void nothingElseEndsALine(String line) {
    isMalformed(line.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void version2NamesTheClient() {
    isHeader(v2("2111000c" + ADDRESSES4), origin("203.0.113.10", 2500, "192.0.2.1", 443));
    isHeader(v2("21210024" + ADDRESSES6), origin("2001:db8::1", 2500, "2001:db8::2", 443));
    isHeader(
        v2("2111000cffffffff00000000ffff0000"), origin("255.255.255.255", 65535, "0.0.0.0", 0));
  }

  @Test
  void version2IsReadOverItsExtensions() {
    isHeader(
        v2("21110013" + ADDRESSES4 + "04000461626364"),
        origin("203.0.113.10", 2500, "192.0.2.1", 443));
    isHeader(
        v2("21110ff0" + ADDRESSES4 + "00".repeat(4096 - 16 - 12)),
        origin("203.0.113.10", 2500, "192.0.2.1", 443));
    isMalformed(v2("21110ff1" + ADDRESSES4 + "00".repeat(4096 - 16 - 11)));
    isMalformed(v2("2111ffff"));
  }

  @Test
  void version2MaySpeakForItself() {
    isHeader(v2("20000000"), null);
    isHeader(v2("2011000c" + ADDRESSES4), null);
    isHeader(v2("20ff0003010203"), null);
    isHeader(v2("21000000"), null);
    isHeader(v2("21000003010203"), null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1111000c" + ADDRESSES4, // version 1
        "3111000c" + ADDRESSES4, // version 3
        "2211000c" + ADDRESSES4, // neither LOCAL nor PROXY
        "2112000c" + ADDRESSES4, // a datagram
        "2122000c" + ADDRESSES4,
        "2110000c" + ADDRESSES4, // of no transport
        "21310060", // a Unix socket
        "2141000c" + ADDRESSES4, // of no family
        "2101000c" + ADDRESSES4,
        "2111000bcb00710ac000020109c401", // shorter than its addresses
        "21110000",
        "2121000c" + ADDRESSES4,
      })
  void nothingElseIsVersion2(String rest) {
    isMalformed(v2(rest));
  }

  @Test
  void whatIsWrittenIsRead() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 1000; i++) {
      var client = address(random);
      var destination = address(random);
      for (var version : new ProxyProtocol[] {ProxyProtocol.V1, ProxyProtocol.V2}) {
        isHeader(
            ProxyHeader.encode(version, Protocol.TCP, client, destination),
            new Origin(client, destination));
      }
    }
  }

  /** Whatever comes, nothing is thrown, and a verdict stays whatever comes behind it. */
  @Test
  void randomBytesAreJudgedOnceAndForAll() {
    var random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      var bytes =
          switch (random.nextInt(3)) {
            case 0 -> line("PROXY TCP4 203.0.113.10 192.0.2.1 2500 443");
            case 1 -> line("PROXY TCP6 2001:db8::1 2001:db8::2 2500 443");
            default -> v2("21210029" + ADDRESSES6 + "0400026162");
          };
      int damage = random.nextInt(4);
      for (int j = 0; j < damage; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(20) == 0) {
        random.nextBytes(bytes);
      }
      Reading verdict = Unread.INCOMPLETE;
      for (int end = 0; end <= bytes.length; end++) {
        var now = ProxyHeaderReader.read(ByteBuffer.wrap(bytes, 0, end));
        if (verdict != Unread.INCOMPLETE) {
          assertThat(now).isEqualTo(verdict);
        }
        if (now instanceof Header header) {
          assertThat(header.length()).isLessThanOrEqualTo(end);
        }
        verdict = now;
      }
    }
  }

  /** Every beginning of it is incomplete, and what stands before and behind it does not matter. */
  private static void isHeader(byte[] header, Origin origin) {
    var expected = new Header(header.length, origin);
    var bytes = ByteBuffer.allocateDirect(header.length + 10).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(5, header).position(5);
    for (int end = 0; end < header.length; end++) {
      assertThat(ProxyHeaderReader.read(bytes.limit(5 + end))).isEqualTo(Unread.INCOMPLETE);
    }
    for (int behind = 0; behind <= 5; behind++) {
      assertThat(ProxyHeaderReader.read(bytes.limit(5 + header.length + behind)))
          .isEqualTo(expected);
    }
    assertThat(bytes.position()).isEqualTo(5);
  }

  private static void isMalformed(byte[] bytes) {
    assertThat(ProxyHeaderReader.read(ByteBuffer.wrap(bytes))).isEqualTo(Unread.MALFORMED);
    var longer = Arrays.copyOf(bytes, bytes.length + 5000);
    assertThat(ProxyHeaderReader.read(ByteBuffer.wrap(longer))).isEqualTo(Unread.MALFORMED);
  }

  private static byte[] line(String line) {
    return (line + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] v2(String rest) {
    return HexFormat.of().parseHex(SIGNATURE + rest);
  }

  private static Origin origin(String client, int clientPort, String destination, int port) {
    return new Origin(
        new InetSocketAddress(InetAddress.ofLiteral(client), clientPort),
        new InetSocketAddress(InetAddress.ofLiteral(destination), port));
  }

  private static InetSocketAddress address(SplittableRandom random) {
    var bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), random.nextInt(65536));
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
