package cloud.thalassa.lb.dataplane.relay.epoll;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The listening socket of a TCP binding on one loop. */
final class TcpListener implements LoopSocket {
  private static final int MOST_AT_ONCE = 64;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  final TcpPort port;

  /** Connections that live on this loop. */
  int connections;

  private final Loop loop;
  private final int fd;
  private long toTarget;
  private long toClient;
  private boolean open = true;
  private boolean paused;
  private long resumeAt;

  /**
   * How many are likely to wait: trying for one more costs a system call, and who is left comes in
   * the next turn.
   */
  private int atOnce = 1;

  TcpListener(TcpPort port, Loop loop, int fd) {
    this.port = port;
    this.loop = loop;
    this.fd = fd;
  }

  @Override
  public int fd() {
    return fd;
  }

  @Override
  public void ready() {
    if (!open) {
      return; // an event of the turn in which it was closed
    }
    for (int i = 0; i < atOnce; i++) {
      int client = accept();
      if (client == -Abi.EAGAIN) {
        atOnce = Math.max(1, i);
        return;
      }
      if (exhausted(client)) {
        pause();
        return;
      }
      if (client >= 0) {
        port.accepted(this, loop, client);
      }
    }
    atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
  }

  private int accept() {
    Memory.putInt(loop.addressLength, SocketAddress.BYTES);
    return loop.linux.accept(fd, loop.address, loop.addressLength);
  }

  private static boolean exhausted(int accepted) {
    return switch (-accepted) {
      case Abi.EMFILE, Abi.ENFILE, Abi.ENOMEM, Abi.ENOBUFS -> true;
      default -> false;
    };
  }

  /** Trying at once again would only spin; clients wait in the backlog. */
  private void pause() {
    port.meters.acceptPaused();
    loop.pause(this);
    paused = true;
    resumeAt = loop.now + PAUSE_NANOS;
  }

  @Override
  public boolean paused() {
    return paused;
  }

  @Override
  public void tick() {
    flush();
    if (paused && loop.now - resumeAt >= 0 && loop.hasReserve()) {
      paused = false;
      loop.resume(this);
    }
  }

  /**
   * Bytes passed through.
   *
   * @param side 0: from the client
   */
  void relayed(int side, int bytes) {
    if (side == 0) {
      toTarget += bytes;
    } else {
      toClient += bytes;
    }
  }

  /** A connection that it accepted is no more. */
  void ended() {
    connections--;
    removeIfDone();
  }

  /** From any thread. Completes when the address is free. */
  CompletableFuture<Void> unbind() {
    var freed = new CompletableFuture<Void>();
    loop.execute(
        () -> {
          if (open) {
            acceptRestAndClose();
          }
          freed.complete(null);
        });
    return freed;
  }

  /** Who has been connected by the system is served, though nobody accepted it yet. */
  private void acceptRestAndClose() {
    int client;
    while ((client = accept()) >= 0) {
      port.accepted(this, loop, client);
    }
    open = false;
    loop.linux.close(fd);
    removeIfDone();
  }

  private void removeIfDone() {
    if (!open && connections == 0) {
      flush();
      loop.remove(this);
    }
  }

  void flush() {
    if (toTarget + toClient > 0) {
      port.meters.relayed(toTarget, toClient);
      toTarget = 0;
      toClient = 0;
    }
  }
}
