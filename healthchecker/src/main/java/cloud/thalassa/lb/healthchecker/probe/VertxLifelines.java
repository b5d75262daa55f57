package cloud.thalassa.lb.healthchecker.probe;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Lifelines on Vert.x event loops, each on one of them for its life. Those of a loop are visited in
 * turns, so that thousands of questions do not leave at once.
 */
public final class VertxLifelines implements Lifelines {
  private static final int TURNS = 10;

  private final NetClient client;
  private final List<Loop> loops;
  private final AtomicInteger next = new AtomicInteger();

  public VertxLifelines(Vertx vertx, int loops) {
    this.client =
        vertx.createNetClient(
            new NetClientOptions()
                .setConnectTimeout((int) Lifeline.CONNECT.toMillis())
                .setTcpNoDelay(true)
                .setReuseAddress(false));
    this.loops =
        Stream.generate(() -> new Loop(((VertxInternal) vertx).createEventLoopContext()))
            .limit(loops)
            .toList();
    this.loops.forEach(loop -> loop.start(vertx));
  }

  @Override
  public Held hold(String address, int port, Listener listener) {
    var number = next.getAndIncrement();
    var loop = loops.get(Math.floorMod(number, loops.size()));
    var turn = Math.floorMod(number / loops.size(), TURNS);
    var target =
        SocketAddress.inetSocketAddress(
            new InetSocketAddress(InetAddress.ofLiteral(address), port));
    var line = new Lifeline(client, target, listener);
    loop.context.runOnContext(
        begin -> {
          loop.turns.get(turn).add(line);
          line.visit(System.nanoTime());
        });
    return new Held() {
      @Override
      public void confirm() {
        loop.context.runOnContext(now -> line.confirm());
      }

      @Override
      public void close() {
        loop.context.runOnContext(
            end -> {
              loop.turns.get(turn).remove(line);
              line.close();
            });
      }
    };
  }

  /** Of its context alone. */
  private static final class Loop {
    final Context context;
    final List<List<Lifeline>> turns = new ArrayList<>();
    private int turn;

    Loop(Context context) {
      this.context = context;
      for (int i = 0; i < TURNS; i++) {
        turns.add(new ArrayList<>());
      }
    }

    void start(Vertx vertx) {
      var period = Lifeline.VISIT.toMillis() / TURNS;
      context.runOnContext(begin -> vertx.setPeriodic(period, tick -> visit()));
    }

    private void visit() {
      var now = System.nanoTime();
      turns.get(turn).forEach(line -> line.visit(now));
      turn = (turn + 1) % TURNS;
    }
  }
}
