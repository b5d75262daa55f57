package cloud.thalassa.lb.soak;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A listener on a port, which is in the documents or not. Two of one name: a listener that moves,
 * or the ports of a range.
 */
final class Place {
  static final String ADDRESS = "127.0.0.1";
  private static final List<String> SOURCES =
      List.of("", "127.0.0.0/8", "127.0.0.0/22", "10.0.0.0/8, 127.0.0.0/16, 2001:db8::/32");

  final String name;
  final String protocol;
  final int port;
  final String proxyProtocol;
  final Pool pool;
  final Presence presence;
  final boolean fixed;

  /** Its clients come through an upstream that says in a PROXY header who they are. */
  final boolean accepting;

  /** The how manieth port of a range it is; the first of them is the one that is written. */
  final int offset;

  private String sources = "";
  private int maxConnections;
  private int idleSeconds;

  Place(
      String name,
      String protocol,
      int port,
      String proxyProtocol,
      Pool pool,
      boolean fixed,
      boolean accepting,
      int offset) {
    this.name = name;
    this.protocol = protocol;
    this.port = port;
    this.proxyProtocol = proxyProtocol;
    this.pool = pool;
    this.fixed = fixed;
    this.accepting = accepting;
    this.offset = offset;
    this.idleSeconds = protocol.equals("UDP") ? 5 : 3600;
    this.presence = new Presence(pool.drainSeconds, fixed, System.nanoTime());
  }

  boolean tcp() {
    return protocol.equals("TCP");
  }

  /** Where its clients arrive: as far from the target's port as its own is from the first. */
  int targetPort() {
    return TargetHost.PORT + offset;
  }

  boolean proxied() {
    return !proxyProtocol.equals("None");
  }

  /** Everything about it that must not matter to those who are there. */
  void change(SplittableRandom random) {
    sources =
        accepting && random.nextBoolean()
            ? Upstream.SOURCES
            : accepting ? "" : SOURCES.get(random.nextInt(SOURCES.size()));
    maxConnections = random.nextBoolean() ? 0 : 50_000 + random.nextInt(1000);
    if (tcp()) {
      idleSeconds = 3000 + random.nextInt(3000);
    }
  }

  /** Why a client may be refused here now; null: it may not. */
  Ledger.@Nullable Cause mayRefuse(long now) {
    if (!presence.here()) {
      return Ledger.Cause.LISTENER_LEFT;
    }
    return fixed || presence.settled(now) ? null : Ledger.Cause.LISTENER_NOT_YET;
  }

  /**
   * Why a client that began then may be reset before it knows that it is connected; null: it may
   * not. A target's system takes a connection before the target does, which may die in between.
   */
  Ledger.@Nullable Cause mayReset(long then, long now) {
    return pool.members.stream().anyMatch(member -> member.host.diedSince(then))
        ? Ledger.Cause.TARGET_KILLED
        : mayRefuse(now);
  }

  String yaml() {
    return offset > 0 ? "" : entry() + options();
  }

  private String entry() {
    return """
          - name: default/%s
            protocol: %s
            port: %d
            pool: default/%s
            maxConnections: %d
            idleTimeoutSeconds: %d
            allowedSources: [%s]
            proxyProtocol: %s
        """
        .formatted(
            name, protocol, port, pool.name, maxConnections, idleSeconds, sources, proxyProtocol)
        .replace("2001:db8::/32", "\"2001:db8::/32\"");
  }

  private String options() {
    return (accepting ? "    acceptProxyProtocolFrom: [127.0.0.0/8]\n" : "")
        + (name.startsWith("range")
            ? "    endPort: %d\n".formatted(port + TargetHost.PORTS - 1)
            : "");
  }

  @Override
  public String toString() {
    return name + ":" + port;
  }
}
