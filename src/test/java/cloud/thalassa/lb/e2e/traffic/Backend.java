package cloud.thalassa.lb.e2e.traffic;

/** A target: tells its name to whoever comes, then gives back what it is sent. */
public interface Backend extends AutoCloseable {
  static Backend tcp(String name, String address, int port) {
    return TcpBackend.open(name, address, port);
  }

  static Backend udp(String name, String address, int port) {
    return UdpBackend.open(name, address, port);
  }

  /** Connections or datagrams so far. */
  long served();

  /** Ends at once, with every connection. */
  @Override
  void close();
}
