package cloud.thalassa.lb.dataplane.flowlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlowLogTest {
  private static final long IPV4 = 0xffff_0000_0000L;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  @TempDir Path directory;

  @Test
  void aLineSaysWhatWas() throws Exception {
    var file = directory.resolve("flows.log");
    var before = Instant.now().minusSeconds(1);
    try (var log = FlowLog.to(file, 1, registry)) {
      log.ended(
          new ListenerKey("shop/web", "shop/ht\"tp"),
          0x2001_0db8_0000_0000L,
          7,
          1234,
          new InetSocketAddress("192.0.2.1", 8080),
          5_000_000_000L,
          1,
          Duration.ofSeconds(90).toNanos(),
          TerminationReason.CLIENT_CLOSED);
      log.ended(
          new ListenerKey("shop/web", "shop/http"),
          0,
          IPV4 | 0xc0000201L,
          1,
          null,
          0,
          0,
          999_999,
          TerminationReason.SHUTDOWN);
    }

    var lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .matches(
            "\\{\"time\":\"[^\"]{23}Z\",\"loadBalancer\":\"shop/web\",\"listener\":\"shop/ht\\\\\"tp\","
                + "\"client\":\"\\[2001:db8::7]:1234\",\"target\":\"192.0.2.1:8080\","
                + "\"bytesToTarget\":5000000000,\"bytesToClient\":1,\"durationMillis\":90000,"
                + "\"reason\":\"ClientClosed\"}");
    assertThat(lines.getLast()).contains("\"client\":\"192.0.2.1:1\",\"target\":null");
    var json = new ObjectMapper().readTree(lines.getFirst());
    assertThat(Instant.parse(json.get("time").asText())).isBetween(before, Instant.now());
    assertThat(json.get("listener").asText()).isEqualTo("shop/ht\"tp");
  }

  @Test
  void whoWasRefusedHasNoLineAndOffHasNone() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var log = log(bytes, 1)) {
      for (var reason : TerminationReason.values()) {
        ended(log, 0, reason);
        ended(FlowLog.OFF, 0, reason);
      }
    }
    assertThat(bytes.toString().lines())
        .hasSize(
            (int)
                List.of(TerminationReason.values()).stream()
                    .filter(reason -> !reason.refused())
                    .count());
  }

  @Test
  void aSampleIsItsShare() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var log = log(bytes, 0.25)) {
      for (int i = 0; i < 10_000; i++) {
        ended(log, i, TerminationReason.CLIENT_CLOSED);
      }
    }
    assertThat(bytes.toString().lines().count()).isBetween(2000L, 3000L);
  }

  @Test
  void aDiskThatHangsMakesNobodyWait() throws Exception {
    var written = new ByteArrayOutputStream();
    var begun = new CountDownLatch(1);
    var hangs = new CountDownLatch(1);
    var more = 1000;
    var log =
        log(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet});
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                begun.countDown();
                try {
                  hangs.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                written.write(bytes, offset, length);
              }
            },
            1);
    try (log) {
      int lines = 2 * FlowLog.MOST_WAITING;
      ended(log, 0, TerminationReason.CLIENT_CLOSED);
      begun.await(); // from here on nothing is taken out of the queue
      for (int i = 1; i < lines; i++) {
        ended(log, i, TerminationReason.CLIENT_CLOSED);
      }
      var dropped = dropped();
      assertThat(dropped).isBetween(FlowLog.MOST_WAITING / 2., (double) FlowLog.MOST_WAITING);
      for (int i = 0; i < more; i++) {
        ended(log, i, TerminationReason.CLIENT_CLOSED);
      }
      assertThat(dropped()).isEqualTo(dropped + more);
      hangs.countDown();
      await().until(() -> lines() == lines - dropped);
      ended(log, 0, TerminationReason.CLIENT_CLOSED);
      await().until(() -> lines() == lines - dropped + 1);
    }
    assertThat(written.toString().lines().count()).isEqualTo((long) lines());
  }

  @Test
  void aFileThatIsMovedAwayIsMadeAnew() throws Exception {
    var file = directory.resolve("flows.log");
    var moved = directory.resolve("flows.log.1");
    Files.writeString(file, "what was there stays\n");
    try (var log = FlowLog.to(file, 1, registry)) {
      ended(log, 1, TerminationReason.CLIENT_CLOSED);
      await().until(() -> lines() == 1);
      Files.move(file, moved);
      ended(log, 2, TerminationReason.CLIENT_CLOSED);
      await().until(() -> lines() == 2);
      Files.delete(file);
      Files.createFile(file);
      ended(log, 3, TerminationReason.CLIENT_CLOSED);
    }
    assertThat(Files.readAllLines(moved)).hasSize(2).element(1).asString().contains("::]:1\"");
    assertThat(Files.readAllLines(file)).hasSize(1).element(0).asString().contains("::]:3\"");
  }

  @Test
  void whatCannotBeWrittenIsCountedAndTheNextLineIsTriedAgain() throws Exception {
    var later = directory.resolve("later");
    try (var log = FlowLog.to(later.resolve("flows.log"), 1, registry)) {
      ended(log, 1, TerminationReason.CLIENT_CLOSED);
      await().until(() -> dropped() == 1);
      Files.createDirectory(later);
      ended(log, 2, TerminationReason.CLIENT_CLOSED);
      await().until(() -> lines() == 1);
    }
    assertThat(Files.readAllLines(later.resolve("flows.log"))).hasSize(1);
  }

  @Test
  void aTornLineIsEndedBeforeTheNext() throws Exception {
    var bytes = new ByteArrayOutputStream();
    var full = new boolean[] {true};
    var log =
        new FlowLog(
            new java.nio.channels.WritableByteChannel() {
              @Override
              public int write(java.nio.ByteBuffer source) throws IOException {
                if (full[0] && bytes.size() == 10) {
                  throw new IOException("No space left on device");
                }
                int some = full[0] ? 10 : source.remaining();
                for (int i = 0; i < some; i++) {
                  bytes.write(source.get());
                }
                return some;
              }

              @Override
              public boolean isOpen() {
                return true;
              }

              @Override
              public void close() {}
            },
            1,
            registry);
    try (log) {
      ended(log, 1, TerminationReason.CLIENT_CLOSED);
      await().until(() -> dropped() == 1);
      full[0] = false;
      ended(log, 2, TerminationReason.CLIENT_CLOSED);
    }
    assertThat(bytes.toString().lines()).hasSize(2).element(1).asString().contains("::]:2\"");
  }

  private FlowLog log(OutputStream out, double sample) {
    return new FlowLog(Channels.newChannel(out), sample, registry);
  }

  private static void ended(FlowLog log, int port, TerminationReason reason) {
    log.ended(new ListenerKey("a/b", "a/c"), 0, 0, port, null, 1, 2, 3, reason);
  }

  private double dropped() {
    return registry.get("thalassa.lb.flow.log.dropped").counter().count();
  }

  private double lines() {
    return registry.get("thalassa.lb.flow.log.lines").counter().count();
  }
}
