package cloud.thalassa.lb.healthchecker.probe;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.healthchecker.judge.Pulse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection held to one replica: the kernel ends it the moment the process is gone, and what is
 * asked over it is not answered once the process is frozen or its node is cut off. Everything
 * happens on one event loop.
 */
final class Lifeline {
  /** How often {@link #visit} is to come. Asked is at every second visit. */
  static final Duration VISIT = Duration.ofMillis(250);

  static final Duration CONNECT = Duration.ofSeconds(1);

  /** The last 750 ms of it, or a little more, with a question open. */
  private static final Duration SILENCE = Duration.ofMillis(1250);

  private static final Buffer QUESTION =
      Buffer.buffer(
          "GET %s HTTP/1.1\r\nHost: replica\r\nUser-Agent: thalassa-lb-healthchecker\r\n\r\n"
              .formatted(Api.SERVING_PATH));

  private final NetClient client;
  private final SocketAddress address;
  private final Lifelines.Listener listener;
  private Pulse pulse = Pulse.UNKNOWN;
  private HttpAnswer answer = new HttpAnswer();
  private @Nullable NetSocket socket;
  private boolean connecting;
  private boolean closed;
  private boolean asked;
  private boolean answeredHere;
  private boolean confirming;
  private int visits;
  private long quietSince;
  private long visited;
  private long alive;

  Lifeline(NetClient client, SocketAddress address, Lifelines.Listener listener) {
    this.client = client;
    this.address = address;
    this.listener = listener;
  }

  /**
   * Once in each period.
   *
   * @param now {@link System#nanoTime}
   */
  void visit(long now) {
    if (now - visited > 2 * VISIT.toNanos()) {
      quietSince = now; // it was us who slept
    }
    visited = now;
    visits++;
    if (socket == null) {
      connect();
    } else if (asked && now - quietSince >= SILENCE.toNanos()) {
      var quiet = TimeUnit.NANOSECONDS.toMillis(now - alive);
      gone("no answer for %d ms".formatted(quiet), alive);
      hangUp();
    } else if (visits % 2 == 0 && !asked) {
      ask();
    }
  }

  /** The listener is told of the next answer, and one is asked for at once. */
  void confirm() {
    confirming = true;
    if (socket != null && !asked) {
      ask();
    }
  }

  void close() {
    closed = true;
    hangUp();
  }

  private void connect() {
    if (connecting || closed) {
      return;
    }
    connecting = true;
    var _ =
        client
            .connect(address)
            .onSuccess(this::connected)
            .onFailure(
                cause -> {
                  connecting = false;
                  var why = ConnectFailure.of(cause, (int) CONNECT.toSeconds());
                  gone(why.reason(), System.nanoTime());
                });
  }

  private void connected(NetSocket connected) {
    connecting = false;
    if (closed || connected.localAddress().equals(connected.remoteAddress())) {
      connected.close(); // the latter is TCP's simultaneous open: nobody listens
      return;
    }
    socket = connected;
    answer = new HttpAnswer();
    answeredHere = false;
    quietSince = System.nanoTime();
    alive = alive == 0 ? System.nanoTime() : alive;
    connected.handler(bytes -> read(connected, bytes));
    connected.exceptionHandler(broken -> {}); // it is closed next
    connected.closeHandler(end -> lost(connected));
    ask();
  }

  private void ask() {
    if (socket != null) {
      asked = true;
      var _ = socket.write(QUESTION);
    }
  }

  private void read(NetSocket from, Buffer bytes) {
    if (from != socket) {
      return;
    }
    int status = answer.read(bytes.getBytes());
    if (status == HttpAnswer.MALFORMED) {
      hangUp();
      gone("not an HTTP answer", System.nanoTime());
    } else if (status != HttpAnswer.INCOMPLETE) {
      answered(status);
    }
  }

  private void answered(int status) {
    asked = false;
    answeredHere = true;
    alive = System.nanoTime();
    quietSince = alive;
    become(pulse.answered(status), alive);
    if (confirming && pulse.verdict() == Pulse.Verdict.ALIVE) {
      confirming = false;
      listener.confirmed();
    }
  }

  /** Only a refusal makes it sure: a process may close a connection and live. */
  private void lost(NetSocket which) {
    if (which != socket) {
      return;
    }
    socket = null;
    asked = false;
    alive = System.nanoTime();
    if (answeredHere) {
      connect();
    } else {
      gone("closed without an answer", alive);
    }
  }

  private void hangUp() {
    var old = socket;
    socket = null;
    asked = false;
    if (old != null) {
      var _ = old.close();
    }
  }

  private void gone(String why, long since) {
    if (!closed) {
      become(pulse.gone(why), since);
    }
  }

  private void become(Pulse next, long since) {
    var before = pulse;
    pulse = next;
    if (next.verdict() != before.verdict()) {
      listener.changed(next, since);
    }
  }
}
