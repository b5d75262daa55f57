package cloud.thalassa.lb.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whatever changes, nobody who is being served notices. */
@OnEveryEngine
class ConfigSwapTest {
  private static final int CLIENTS = 16;
  private static final int SWAPS = 60;
  private static final int BYTES = 300_000;
  private final EngineUnderTest.Setting setting;

  ConfigSwapTest(EngineUnderTest.Setting setting) {
    this.setting = setting;
  }

  @Test
  void aLoopOfSwapsUnderLoadCutsNothing() throws Exception {
    try (var one = TcpTarget.echo(setting.loopback());
        var two = TcpTarget.echo(setting.loopback());
        var three = TcpTarget.echo(setting.loopback());
        var relay = new Relay(setting);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var listener = relay.listener(Protocol.TCP, one.address(), two.address(), three.address());
      relay.apply();
      var stop = new AtomicBoolean();
      var transfers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < CLIENTS; i++) {
        transfers.add(clients.submit(transfersUntil(stop, relay, i)));
      }
      swap(relay, listener);
      stop.set(true);
      int completed = 0;
      for (var transfer : transfers) {
        completed += transfer.get();
      }

      assertThat(completed).isGreaterThanOrEqualTo(CLIENTS);
      relay.awaitCount(TerminationReason.CLIENT_CLOSED, completed);
    }
  }

  /** Targets leave and come back, limits and pools change, other listeners come and go. */
  private static void swap(Relay relay, Config.ListenerConfig listener) {
    var random = new Random(3);
    var members = List.copyOf(relay.pool().members);
    for (int swap = 0; swap < SWAPS; swap++) {
      relay.pool().members.clear();
      relay.pool().members.addAll(members);
      var leaver = relay.pool().members.remove(random.nextInt(members.size()));
      if (random.nextBoolean()) {
        relay.pool().members.add(new Config.Member(leaver.address(), false, true));
      }
      listener.idleTimeoutSeconds = 100 + random.nextInt(100);
      listener.maxConnections = 1000 + random.nextInt(100);
      if (random.nextBoolean()) {
        relay.listener("test/extra" + random.nextInt(3), Protocol.TCP);
      } else {
        relay.config.listeners.remove("test/extra" + random.nextInt(3));
      }
      relay.apply();
    }
  }

  /** How many came back as they were sent; fails with the first that did not. */
  private static Callable<Integer> transfersUntil(AtomicBoolean stop, Relay relay, int seed) {
    return () -> {
      var random = new Random(seed);
      var sent = new byte[BYTES];
      int completed = 0;
      while (!stop.get()) {
        random.nextBytes(sent);
        try (var client = relay.connect()) {
          var writer =
              Thread.startVirtualThread(
                  () -> {
                    try {
                      client.getOutputStream().write(sent);
                      client.shutdownOutput();
                    } catch (java.io.IOException e) {
                      // the reader fails as well
                    }
                  });
          var got = client.getInputStream().readAllBytes();
          writer.join();
          assertThat(sha256(got)).isEqualTo(sha256(sent));
          completed++;
        }
      }
      return completed;
    };
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
