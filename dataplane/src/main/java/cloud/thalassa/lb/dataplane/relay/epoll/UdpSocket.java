package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.relay.DropReason;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** The socket of a UDP binding on one loop: clients send to it, and are answered from it. */
final class UdpSocket implements LoopSocket {
  /** Asked for; the system may give less. Bursts wait here. */
  private static final int BUFFER = 4 * 1024 * 1024;

  final UdpPort port;

  /** Among the sockets of its loop; part of the keys of its flows. */
  final int number;

  /** Slots of the inbox that hold answers to go out here. */
  int firstSlot = Inbox.NONE;

  int lastSlot = Inbox.NONE;

  private final Loop loop;
  private final int fd;
  private final InetSocketAddress address;

  /** Of AF_INET6, which with a wildcard address serves both families. */
  private final boolean ipv6;

  private final Tally<DropReason> dropped = new Tally<>(DropReason.class);
  private final Tally<TerminationReason> refused = new Tally<>(TerminationReason.class);
  private long toTarget;
  private long toClient;
  private boolean uncounted;
  private boolean open = true;

  UdpSocket(UdpPort port, Loop loop, int fd, int number) {
    this.port = port;
    this.loop = loop;
    this.fd = fd;
    this.number = number;
    Memory.putInt(loop.addressLength, SocketAddress.BYTES);
    loop.linux.getsockname(fd, loop.address, loop.addressLength);
    ipv6 = SocketAddress.isIpv6(loop.address);
    address = SocketAddress.read(loop.address);
    boolean wildcard = port.binding.address().getAddress().isAnyLocalAddress();
    loop.setOption(fd, Abi.SOL_SOCKET, Abi.SO_RCVBUF, BUFFER);
    loop.setOption(fd, Abi.SOL_SOCKET, Abi.SO_SNDBUF, BUFFER);
    loop.setOption(fd, Abi.IPPROTO_UDP, Abi.UDP_GRO, 1);
    if (wildcard && ipv6) {
      loop.setOption(fd, Abi.IPPROTO_IPV6, Abi.IPV6_RECVPKTINFO, 1);
    } else if (wildcard) {
      loop.setOption(fd, Abi.IPPROTO_IP, Abi.IP_PKTINFO, 1);
    }
  }

  @Override
  public int fd() {
    return fd;
  }

  InetSocketAddress address() {
    return address;
  }

  int nameLength() {
    return ipv6 ? SocketAddress.BYTES : SocketAddress.IPV4_BYTES;
  }

  @Override
  public void ready() {
    loop.udp().receive(this);
  }

  /**
   * Writes the control message with which answers have this address as their source; the bytes of
   * it, 0 when there is none.
   */
  int putSource(long at, long high, long low) {
    if ((high | low) == 0) {
      return 0;
    }
    int bytes = ipv6 ? 20 : 12;
    if (ipv6) {
      long value = MessageHeader.controlHeader(at, Abi.IPPROTO_IPV6, Abi.IPV6_PKTINFO, bytes);
      Memory.putLong(value, Long.reverseBytes(high));
      Memory.putLong(value + 8, Long.reverseBytes(low));
      Memory.putLong(value + 16, 0);
    } else {
      long value = MessageHeader.controlHeader(at, Abi.IPPROTO_IP, Abi.IP_PKTINFO, bytes);
      Memory.putInt(value, 0);
      Memory.putInt(value + 4, Integer.reverseBytes((int) low));
      Memory.putLong(value + 8, 0);
    }
    return MessageHeader.controlSpace(bytes);
  }

  void sentToTarget(int bytes) {
    toTarget += bytes;
    uncounted = true;
  }

  void sentToClient(int bytes) {
    toClient += bytes;
    uncounted = true;
  }

  void dropped(DropReason reason, int datagrams) {
    dropped.add(reason, datagrams);
    uncounted = true;
  }

  void refused(TerminationReason reason) {
    refused.add(reason, 1);
    uncounted = true;
  }

  @Override
  public void tick() {
    if (!uncounted) {
      return;
    }
    uncounted = false;
    port.meters.relayed(toTarget, toClient);
    toTarget = 0;
    toClient = 0;
    dropped.tell(port.meters::dropped);
    refused.tell(port.meters::ended);
  }

  @Override
  public boolean paused() {
    return false;
  }

  /** From any thread. Ends its flows; completes when the address is free. */
  CompletableFuture<Void> close() {
    var freed = new CompletableFuture<Void>();
    loop.execute(
        () -> {
          if (open) {
            open = false;
            loop.udp().close(this);
            tick();
            loop.linux.close(fd);
          }
          freed.complete(null);
        });
    return freed;
  }
}
