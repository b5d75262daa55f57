package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.select.Target;
import java.net.Inet4Address;

/** The sockets that are connected to the targets of flows. */
final class UdpUpstreams {
  private static final int SOCKET_BUFFER = 1024 * 1024;
  private static final int LONGEST_IPV4 = 65_535 - 20 - 8;
  private static final int LONGEST_IPV6 = 65_535 - 8;

  private final Loop loop;
  private final Linux linux;
  private final Flows flows;

  UdpUpstreams(Loop loop, Flows flows) {
    this.loop = loop;
    this.linux = loop.linux;
    this.flows = flows;
  }

  /** Chooses among the targets of its route anew. */
  void choose(int c) {
    flows.candidates[c] =
        flows.route[c].candidates(flows.clientHigh[c], flows.clientLow[c], loop.now, loop.random);
  }

  /** Leaves its target for the next candidate that can be sent to; false: there was none. */
  boolean next(int c) {
    leave(c);
    var candidates = flows.candidates[c];
    for (int i = 0; i < loop.limits.connectTries() && candidates.hasNext(); i++) {
      var target = candidates.next();
      flows.poolMeters[c] = flows.socket[c].port.poolMeters(target);
      flows.poolMeters[c].selected();
      if (connect(c, target)) {
        return true;
      }
      flows.poolMeters[c].connectFailed();
    }
    return false;
  }

  void leave(int c) {
    if (flows.fd[c] != Flows.NONE) {
      linux.close(flows.fd[c]);
      flows.fd[c] = Flows.NONE;
    }
    var target = flows.target[c];
    if (target != null) {
      target.closed();
      flows.target[c] = null;
    }
  }

  private boolean connect(int c, Target target) {
    int bound = flows.socket[c].port.binding.port();
    var to = flows.route[c].targetAddress(target, bound);
    boolean ipv4 = to.getAddress() instanceof Inet4Address;
    int fd = linux.socket(SocketAddress.family(to.getAddress()), Abi.SOCK_DGRAM);
    if (fd < 0) {
      return false;
    }
    loop.setOption(fd, Abi.SOL_SOCKET, Abi.SO_RCVBUF, SOCKET_BUFFER);
    loop.setOption(fd, Abi.SOL_SOCKET, Abi.SO_SNDBUF, SOCKET_BUFFER);
    loop.setOption(fd, Abi.IPPROTO_UDP, Abi.UDP_GRO, 1);
    int length = SocketAddress.put(loop.address, to, to.getPort());
    flows.generation[c]++;
    if (linux.connect(fd, loop.address, length) < 0
        || loop.watchFlow(fd, c, flows.generation[c]) < 0) {
      linux.close(fd);
      return false;
    }
    target.opened();
    flows.target[c] = target;
    flows.targetAddress[c] = to;
    flows.fd[c] = fd;
    flows.longest[c] = ipv4 ? LONGEST_IPV4 : LONGEST_IPV6;
    flows.longestRunToTarget[c] = Integer.MAX_VALUE;
    return true;
  }
}
