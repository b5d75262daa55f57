package cloud.thalassa.lb.dataplane.relay.epoll;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * struct sockaddr_in and sockaddr_in6 in native memory. As two numbers an address is the two halves
 * of IPv6 in host order, IPv4 as IPv4-mapped IPv6.
 */
final class SocketAddress {
  /** Room for either. */
  static final int BYTES = 28;

  static final int IPV4_BYTES = 16;
  private static final long MAPPED = 0xffff_0000_0000L;

  private SocketAddress() {}

  /** Writes it, and returns its length. */
  static int put(long at, InetSocketAddress address, int port) {
    var ip = address.getAddress();
    return ip instanceof Inet4Address
        ? put4(at, ByteBuffer.wrap(ip.getAddress()).getInt(), port)
        : put6(at, ip.getAddress(), port);
  }

  /** All addresses, of both families. */
  static int putAny(long at, int port) {
    return put6(at, new byte[16], port);
  }

  private static int put4(long at, int ip, int port) {
    Memory.putShort(at, Abi.AF_INET);
    putPort(at, port);
    Memory.putInt(at + 4, Integer.reverseBytes(ip));
    Memory.putLong(at + 8, 0);
    return IPV4_BYTES;
  }

  private static int put6(long at, byte[] ip, int port) {
    Memory.putShort(at, Abi.AF_INET6);
    putPort(at, port);
    Memory.putInt(at + 4, 0);
    Memory.write(ip, at + 8);
    Memory.putInt(at + 24, 0);
    return BYTES;
  }

  static int family(InetAddress address) {
    return address instanceof Inet4Address ? Abi.AF_INET : Abi.AF_INET6;
  }

  static int port(long at) {
    return Short.toUnsignedInt(Short.reverseBytes(Memory.getShort(at + 2)));
  }

  static long high(long at) {
    return isIpv4(at) ? 0 : Long.reverseBytes(Memory.getLong(at + 8));
  }

  static long low(long at) {
    return isIpv4(at) ? mapped(Memory.getInt(at + 4)) : Long.reverseBytes(Memory.getLong(at + 16));
  }

  /** The last 64 bits of an IPv4 address that is in network order. */
  static long mapped(int ip) {
    return MAPPED | Integer.toUnsignedLong(Integer.reverseBytes(ip));
  }

  static InetSocketAddress read(long at) {
    return of(high(at), low(at), port(at));
  }

  static InetSocketAddress of(long high, long low, int port) {
    try {
      var bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are an address", e);
    }
  }

  static boolean isIpv6(long at) {
    return Memory.getShort(at) == Abi.AF_INET6;
  }

  private static boolean isIpv4(long at) {
    return Memory.getShort(at) == Abi.AF_INET;
  }

  private static void putPort(long at, int port) {
    Memory.putShort(at + 2, Short.reverseBytes((short) port));
  }
}
