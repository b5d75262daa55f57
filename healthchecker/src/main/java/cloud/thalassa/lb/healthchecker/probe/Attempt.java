package cloud.thalassa.lb.healthchecker.probe;

import static cloud.thalassa.lb.crds.HealthCheckProtocol.HTTP;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One probe under way. Everything happens on one event loop. */
final class Attempt {
  /**
   * After the verdict a peer may finish its answer, so that a healthy server sees a client that
   * read, not one that broke off; but no longer and no more than this.
   */
  private static final long LINGER_MILLIS = 900;

  private static final int LINGER_BYTES = 1 << 16;

  private final Vertx vertx;
  private final NetClient client;
  private final Probe probe;
  private final Consumer<ProbeResult> verdict;
  private final Runnable released;
  private final StatusLine statusLine;

  private @Nullable NetSocket socket;
  private boolean judged;
  private int discarded;
  private long timer;

  Attempt(
      Vertx vertx,
      NetClient client,
      Probe probe,
      Consumer<ProbeResult> verdict,
      Runnable released) {
    this.vertx = vertx;
    this.client = client;
    this.probe = probe;
    this.verdict = verdict;
    this.released = released;
    this.statusLine = new StatusLine(new ExpectedStatuses(probe.check().expectedStatuses()));
  }

  void begin() {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(probe.address());
    } catch (IllegalArgumentException e) {
      judge(new ProbeResult(Outcome.UNREACHABLE, probe.address() + " is not an IP address"));
      released.run();
      return;
    }
    var seconds = probe.check().timeoutSeconds();
    timer = vertx.setTimer(seconds * 1000L, late -> expire(seconds));
    client
        .connect(SocketAddress.inetSocketAddress(new InetSocketAddress(address, probe.port())))
        .onSuccess(this::connected)
        .onFailure(
            cause -> {
              judge(ConnectFailure.of(cause, seconds));
              released.run();
            });
  }

  private void expire(int seconds) {
    judge(ConnectFailure.timeout(seconds));
    close();
  }

  private void connected(NetSocket connected) {
    socket = connected;
    connected.closeHandler(
        closed -> {
          judge(new ProbeResult(Outcome.CLOSED, "closed without an HTTP answer"));
          vertx.cancelTimer(timer);
          released.run();
        });
    connected.exceptionHandler(
        cause -> judge(ConnectFailure.of(cause, probe.check().timeoutSeconds())));
    if (judged) {
      close();
    } else if (connected.localAddress().equals(connected.remoteAddress())) {
      // TCP's simultaneous open: nobody listens, but our own port was the one we dialled.
      judge(ConnectFailure.refused());
      close();
    } else if (probe.check().protocol() == HTTP) {
      connected.handler(this::read);
      connected.write(request());
    } else {
      judge(new ProbeResult(Outcome.PASSED, "connected"));
      close();
    }
  }

  private void read(Buffer bytes) {
    if (judged) {
      discarded += bytes.length();
      if (discarded > LINGER_BYTES) {
        close();
      }
      return;
    }
    statusLine
        .read(bytes.getBytes())
        .ifPresent(
            result -> {
              judge(result);
              timer = vertx.setTimer(LINGER_MILLIS, late -> close());
            });
  }

  private void judge(ProbeResult result) {
    if (!judged) {
      judged = true;
      vertx.cancelTimer(timer);
      verdict.accept(result);
    }
  }

  private void close() {
    if (socket != null) {
      socket.close();
    }
  }

  private String request() {
    var check = probe.check();
    var path = check.path() == null ? "/" : check.path();
    var host = check.host() == null ? probe.authority() : check.host();
    return "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: thalassa-lb-healthchecker\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        .formatted(path, host);
  }
}
