package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.dataplane.relay.epoll.EpollEngine;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/**
 * What a start needs at its end and no start cache keeps, done on another thread while Quarkus
 * begins: it took the first thread a fifth of its time. Whoever needs it does what is not done yet,
 * and says what is wrong.
 */
final class Ahead {
  private Ahead() {}

  static void begin() {
    Thread.ofPlatform().daemon().name("ahead").start(Ahead::prepare);
  }

  private static void prepare() {
    EpollEngine.prepare();
    try {
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, null, null);
      tls.createSSLEngine();
    } catch (GeneralSecurityException e) {
      // the client of the API server says it, where there is one
    }
  }
}
