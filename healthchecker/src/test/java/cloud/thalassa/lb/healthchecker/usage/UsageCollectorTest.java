package cloud.thalassa.lb.healthchecker.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.event.Event.OfListener;
import cloud.thalassa.lb.crds.event.Event.Usage;
import cloud.thalassa.lb.crds.event.Outbox;
import cloud.thalassa.lb.crds.event.Told;
import cloud.thalassa.lb.crds.event.UsageBook;
import cloud.thalassa.lb.healthchecker.follow.Replica;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Its clock stands just before it is time to ask, so that it asks all the time. */
class UsageCollectorTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-29T20:00:02.980Z"));
  private static final long MINUTE = CLOCK.instant().getEpochSecond() / 60;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final Outbox outbox =
      new Outbox(
              "checker-1",
              100,
              json -> {
                told.add(Told.parse(json));
                return CompletableFuture.completedStage(null);
              },
              CLOCK,
              _ -> {})
          .start();
  private HttpServer server;
  private UsageCollector collector;
  private int asked;
  private volatile UsageBook book = book(17, MINUTE - 3, MINUTE - 2);
  private volatile Set<Replica> watched = Set.of();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(UsageBook.PATH, this::answer);
    server.start();
    watched = Set.of(new Replica("shop", "web", "lb-web-1", "127.0.0.1", port()));
    collector = UsageCollector.start(() -> watched, outbox, thread, CLOCK);
  }

  @AfterEach
  void stop() {
    thread.shutdownNow();
    collector.close();
    outbox.close();
    server.stop(0);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var query = exchange.getRequestURI().getQuery();
    questions.add(query);
    long after = Long.parseLong(query.replace("after=", ""));
    var minutes = book.minutes().stream().filter(it -> it.minute() > after).toList();
    var body = new ObjectMapper().writeValueAsBytes(new UsageBook(book.started(), minutes));
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static UsageBook book(long started, long... minutes) {
    var lines = List.of(new OfListener("shop/http", 1, 2, 3));
    return new UsageBook(
        started, Arrays.stream(minutes).mapToObj(it -> new Usage("shop/web", it, lines)).toList());
  }

  private List<String> told() {
    return told.stream().map(it -> it.source() + " " + (it.number() - MINUTE)).toList();
  }

  @Test
  void tellsEachMinuteOfAReplicaAndAsksForNoneTwice() {
    await().until(() -> questions.contains("after=" + (MINUTE - 2)));
    book = book(17, MINUTE - 3, MINUTE - 2, MINUTE - 1);
    await().until(() -> questions.contains("after=" + (MINUTE - 1)));
    await().until(() -> told.size() == 3);
    assertThat(told())
        .containsExactly("shop/lb-web-1-17 -3", "shop/lb-web-1-17 -2", "shop/lb-web-1-17 -1");
    assertThat(questions).first().isEqualTo("after=0");
  }

  @Test
  void whoEndsIsAskedAsLongAsItAnswersAndWhoHasItsAddressThenIsNot() {
    await().until(() -> told.size() == 2);
    watched = Set.of();
    book = book(17, MINUTE - 1);
    await("it relays for a while").until(() -> told.size() == 3);
    book = book(18, MINUTE);
    await("nobody is asked").during(Duration.ofMillis(200)).until(this::isSilent);
    assertThat(told()).last().isEqualTo("shop/lb-web-1-17 -1");
  }

  private boolean isSilent() {
    int before = asked;
    asked = questions.size();
    return asked == before;
  }
}
