package cloud.thalassa.lb.dataplane.proxyprotocol;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a connection are. */
public sealed interface Reading {
  /** No header yet. */
  enum Unread implements Reading {
    /** The beginning of a header. */
    INCOMPLETE,
    /** Not a header, whatever follows. */
    MALFORMED
  }

  /**
   * A whole header.
   *
   * @param length of the header, in bytes; behind it is what the client said
   * @param origin null: the upstream speaks for itself, or does not know its client
   */
  record Header(int length, @Nullable Origin origin) implements Reading {}

  /**
   * Of the connection that the upstream passes on.
   *
   * @param client who connected
   * @param destination to which address
   */
  record Origin(InetSocketAddress client, InetSocketAddress destination) {}
}
