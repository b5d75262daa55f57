package cloud.thalassa.lb.dataplane.relay;

import java.time.Duration;

/**
 * What bounds the relay whatever its users ask for.
 *
 * @param connectTimeout of one try. One SYN that is lost is sent again after a second, which fits;
 *     two tries fit in the 3 s that many clients wait, so that a silent target costs them nothing
 * @param proxyHeaderTimeout time for a trusted upstream's PROXY header, from when it came. The
 *     PROXY protocol's specification asks for at least 3 s: so long takes a header of which one
 *     segment was lost
 * @param connectTries targets tried for one connection, at least 1
 * @param bufferedBytes memory held for one direction of a connection before its reading stops, in
 *     bytes; one more read may be on top
 * @param loopBufferedBytes the same for all connections of one event loop together; beyond it they
 *     wait in the sockets. Of the engine epoll
 * @param readBytes of one read, at most
 * @param acceptBacklog connections the system keeps until they are accepted
 * @param maxFlows UDP flows of a listener without a limit of its own
 * @param sweep how often timeouts and deadlines are checked, and metrics brought up to date
 */
public record RelayLimits(
    Duration connectTimeout,
    Duration proxyHeaderTimeout,
    int connectTries,
    int bufferedBytes,
    int loopBufferedBytes,
    int readBytes,
    int acceptBacklog,
    int maxFlows,
    Duration sweep) {
  public static final RelayLimits DEFAULT =
      new RelayLimits(
          Duration.ofMillis(1500),
          Duration.ofSeconds(3),
          3,
          256 * 1024,
          64 * 1024 * 1024,
          64 * 1024,
          4096,
          65_536,
          Duration.ofMillis(250));

  public RelayLimits {
    if (connectTries < 1) {
      throw new IllegalArgumentException("connectTries: " + connectTries + " (expected: >= 1)");
    }
  }

  public RelayLimits withSweep(Duration sweep) {
    return new RelayLimits(
        connectTimeout,
        proxyHeaderTimeout,
        connectTries,
        bufferedBytes,
        loopBufferedBytes,
        readBytes,
        acceptBacklog,
        maxFlows,
        sweep);
  }

  public RelayLimits withConnectTimeout(Duration connectTimeout) {
    return new RelayLimits(
        connectTimeout,
        proxyHeaderTimeout,
        connectTries,
        bufferedBytes,
        loopBufferedBytes,
        readBytes,
        acceptBacklog,
        maxFlows,
        sweep);
  }

  public RelayLimits withProxyHeaderTimeout(Duration proxyHeaderTimeout) {
    return new RelayLimits(
        connectTimeout,
        proxyHeaderTimeout,
        connectTries,
        bufferedBytes,
        loopBufferedBytes,
        readBytes,
        acceptBacklog,
        maxFlows,
        sweep);
  }

  public RelayLimits withLoopBufferedBytes(int loopBufferedBytes) {
    return new RelayLimits(
        connectTimeout,
        proxyHeaderTimeout,
        connectTries,
        bufferedBytes,
        loopBufferedBytes,
        readBytes,
        acceptBacklog,
        maxFlows,
        sweep);
  }

  public RelayLimits withMaxFlows(int maxFlows) {
    return new RelayLimits(
        connectTimeout,
        proxyHeaderTimeout,
        connectTries,
        bufferedBytes,
        loopBufferedBytes,
        readBytes,
        acceptBacklog,
        maxFlows,
        sweep);
  }
}
