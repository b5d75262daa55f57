package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/** What tests say on a connection, and what becomes of it. */
final class Talk {
  private Talk() {}

  static void echoes(Socket socket) throws IOException {
    socket.getOutputStream().write('x');
    assertThat(socket.getInputStream().read()).isEqualTo('x');
  }

  /** For longer than a drain timeout of one second. */
  static void goesOn(Socket socket) {
    await()
        .pollInterval(Duration.ofMillis(200))
        .during(Duration.ofMillis(1500))
        .untilAsserted(() -> echoes(socket));
  }

  /** Waits until the connection is broken off; an orderly end is not enough. */
  static void isReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
  }
}
