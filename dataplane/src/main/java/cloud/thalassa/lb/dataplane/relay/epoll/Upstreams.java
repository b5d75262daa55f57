package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeader;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.select.Target;
import java.net.InetSocketAddress;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Connects the target's legs of connections. */
final class Upstreams {
  private final Loop loop;
  private final Linux linux;
  private final Connections connections;

  Upstreams(Loop loop, Connections connections) {
    this.loop = loop;
    this.linux = loop.linux;
    this.connections = connections;
  }

  Iterator<Target> candidates(int c) {
    return connections.route[c].candidates(
        connections.clientHigh[c], connections.clientLow[c], loop.now, loop.random);
  }

  /**
   * Begins to connect the next target that can be tried; null: it has begun. Otherwise the reason
   * why there is none.
   */
  @Nullable TerminationReason connectNext(int c) {
    var candidates = connections.candidates[c];
    while (candidates != null
        && connections.tries[c] < loop.limits.connectTries()
        && candidates.hasNext()) {
      connections.tries[c]++;
      var target = candidates.next();
      target.opened();
      connections.target[c] = target;
      connections.activeAt[c] = loop.now;
      connections.poolMeters[c] = connections.listener[c].port.poolMeters(target);
      connections.poolMeters[c].selected();
      int result = connect(c, target);
      if (result == 0) {
        return null;
      }
      if (isFaultOfPeer(-result)) {
        unreachable(c);
      } else {
        failed(c);
      }
    }
    return connections.tries[c] == 0
        ? TerminationReason.NO_TARGET
        : TerminationReason.CONNECT_FAILED;
  }

  private int connect(int c, Target target) {
    var to = target.address();
    int fd = loop.socket(SocketAddress.family(to.getAddress()), Abi.SOCK_STREAM);
    if (fd < 0) {
      return fd;
    }
    int leg = 2 * c + 1;
    connections.clear(leg);
    connections.fd[leg] = fd;
    loop.setOption(fd, Abi.IPPROTO_TCP, Abi.TCP_NODELAY, 1);
    int bound = connections.listener[c].port.binding.port();
    int port = connections.route[c].targetPort(target, bound);
    int length = SocketAddress.put(loop.address, to, port);
    int connected = linux.connect(fd, loop.address, length);
    return connected == 0 || connected == -Abi.EINPROGRESS
        ? loop.watchLeg(fd, leg, connections.generation[c])
        : connected;
  }

  private static boolean isFaultOfPeer(int errno) {
    return errno == Abi.ECONNREFUSED || errno == Abi.EHOSTUNREACH || errno == Abi.ETIMEDOUT;
  }

  /** The target that was being connected refused, did not answer in time or cannot be reached. */
  void unreachable(int c) {
    var target = connections.target[c];
    if (target != null && connections.route[c].failed(target, loop.now)) {
      connections.poolMeters[c].avoided();
    }
    failed(c);
  }

  void connected(int c) {
    var target = connections.target[c];
    if (target != null) {
      target.succeeded();
    }
    connections.poolMeters[c].connected(loop.now - connections.activeAt[c]);
  }

  private void failed(int c) {
    int leg = 2 * c + 1;
    if (connections.fd[leg] != Connections.NONE) {
      linux.close(connections.fd[leg]);
      connections.clear(leg);
    }
    connections.poolMeters[c].connectFailed();
    leaveTarget(c);
  }

  void leaveTarget(int c) {
    var target = connections.target[c];
    if (target != null) {
      target.closed();
      connections.target[c] = null;
    }
  }

  /** Writes what goes before the client's first byte to the loop's buffer: its length. */
  int header(int c) {
    var version = connections.route[c].proxyProtocol();
    if (version == ProxyProtocol.NONE) {
      return 0;
    }
    var client =
        SocketAddress.of(
            connections.clientHigh[c], connections.clientLow[c], connections.clientPort[c]);
    var header = ProxyHeader.encode(version, Protocol.TCP, client, destination(c));
    Memory.write(header, loop.buffer);
    return header.length;
  }

  private InetSocketAddress destination(int c) {
    var named = connections.destination[c];
    if (named != null) {
      return named;
    }
    Memory.putInt(loop.addressLength, SocketAddress.BYTES);
    linux.getsockname(connections.fd[2 * c], loop.address, loop.addressLength);
    return SocketAddress.read(loop.address);
  }
}
