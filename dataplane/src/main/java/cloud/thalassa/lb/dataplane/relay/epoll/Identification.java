package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeaderReader;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads who the client of a trusted upstream is. The header stays in the socket until it is whole,
 * so that waiting for it takes no memory.
 */
final class Identification {
  private final Loop loop;
  private final Connections connections;
  private final ByteBuffer view;

  Identification(Loop loop, Connections connections) {
    this.loop = loop;
    this.connections = connections;
    view =
        MemorySegment.ofAddress(loop.buffer)
            .reinterpret(ProxyHeaderReader.MAX_LENGTH + 1L)
            .asByteBuffer();
  }

  /** Null: the upstream may stay, and is {@link Connections#CONNECTING} once it is identified. */
  @Nullable TerminationReason read(int c) {
    int fd = connections.fd[2 * c];
    int bytes = loop.linux.recv(fd, loop.buffer, view.capacity(), Abi.MSG_PEEK);
    if (bytes == -Abi.EAGAIN) {
      return null;
    }
    if (bytes <= 0) {
      return bytes == 0 ? TerminationReason.BAD_PROXY_HEADER : TerminationReason.CLIENT_RESET;
    }
    return switch (ProxyHeaderReader.read(view.limit(bytes))) {
      case Reading.Unread.MALFORMED -> TerminationReason.BAD_PROXY_HEADER;
      case Reading.Unread.INCOMPLETE ->
          (connections.flags[2 * c] & Connections.ENDING) == 0
              ? null
              : TerminationReason.BAD_PROXY_HEADER;
      case Reading.Header header -> {
        loop.linux.recv(fd, loop.buffer, header.length(), 0);
        yield identified(c, header.origin());
      }
    };
  }

  private @Nullable TerminationReason identified(int c, Reading.@Nullable Origin origin) {
    if (origin != null) {
      var client = origin.client().getAddress();
      connections.clientHigh[c] = Ip.high(client);
      connections.clientLow[c] = Ip.low(client);
      connections.clientPort[c] = origin.client().getPort();
      connections.destination[c] = origin.destination();
    }
    var port = connections.listener[c].port;
    var refusal =
        port.gate.identify(
            connections.route[c],
            port.binding.port(),
            connections.clientHigh[c],
            connections.clientLow[c],
            loop.now);
    if (refusal == null) {
      connections.state[c] = Connections.CONNECTING;
    }
    return refusal;
  }
}
