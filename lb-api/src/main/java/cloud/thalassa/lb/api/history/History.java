package cloud.thalassa.lb.api.history;

import cloud.thalassa.lb.api.tenant.Database;
import cloud.thalassa.lb.api.tenant.Unavailable;
import cloud.thalassa.lb.api.wire.UsageView.Point;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.event.Told;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was kept of a load balancer: of one of that name that was there before, nothing. Blocks. */
@ApplicationScoped
public class History {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String LAST = "select cast(last_event() as text), ''";

  private static final String AFTER =
      """
      select cast(id as text), body from event
      where organisation = ?1 and load_balancer = ?2 and id > cast(cast(?3 as text) as bigint)
        and at >= cast(cast(?4 as text) as timestamptz)
      order by event.id limit cast(cast(?5 as text) as int)
      """;

  private static final String LATEST =
      """
      select cast(id as text), body from event
      where organisation = ?1 and load_balancer = ?2 and at >= cast(cast(?3 as text) as timestamptz)
      order by event.id desc limit cast(cast(?4 as text) as int)
      """;

  private static final String USAGE =
      """
      select listener, rfc3339(date_trunc(cast(?6 as text), minute, 'UTC')), cast(sum(connections) as text),
        cast(sum(bytes_to_target) as text), cast(sum(bytes_to_client) as text)
      from usage
      where organisation = ?1 and load_balancer = ?2
        and minute >= date_trunc('minute', cast(cast(?3 as text) as timestamptz))
        and minute >= cast(cast(?4 as text) as timestamptz) and minute < cast(cast(?5 as text) as timestamptz)
      group by 1, 2 order by 1, 2
      """;

  private final Database database;
  private final Vertx vertx;

  History(Database database, Vertx vertx) {
    this.database = database;
    this.vertx = vertx;
  }

  /** The id of the newest event of all. */
  public long last() {
    return Long.parseLong((String) blocking(() -> database.ask(LAST)).getFirst()[0]);
  }

  /**
   * Events after one, the oldest first.
   *
   * @throws Unavailable the database does not answer
   */
  public List<Stored> after(String organisation, LoadBalancer balancer, long id, int most) {
    var rows =
        blocking(
            () ->
                database.within(
                    organisation,
                    AFTER,
                    organisation,
                    name(balancer),
                    Long.toString(id),
                    balancer.getMetadata().getCreationTimestamp(),
                    Integer.toString(most)));
    return rows.stream().map(History::stored).toList();
  }

  /**
   * The newest events, the newest first.
   *
   * @throws Unavailable the database does not answer
   */
  public List<Stored> latest(String organisation, LoadBalancer balancer, int most) {
    var rows =
        blocking(
            () ->
                database.within(
                    organisation,
                    LATEST,
                    organisation,
                    name(balancer),
                    balancer.getMetadata().getCreationTimestamp(),
                    Integer.toString(most)));
    return rows.stream().map(History::stored).toList();
  }

  /** By listener, {@code namespace/name}; without steps in which nothing was relayed. */
  public Map<String, List<Point>> usage(
      String organisation, LoadBalancer balancer, UsageQuestion question) {
    var rows =
        blocking(
            () ->
                database.within(
                    organisation,
                    USAGE,
                    organisation,
                    name(balancer),
                    balancer.getMetadata().getCreationTimestamp(),
                    question.from().toString(),
                    question.to().toString(),
                    question.step()));
    var points = new LinkedHashMap<String, List<Point>>();
    for (var row : rows) {
      points.computeIfAbsent((String) row[0], _ -> new ArrayList<>()).add(point(row));
    }
    return points;
  }

  private static Stored stored(Object[] row) {
    var told = Told.parse((String) row[1]);
    return new Stored(Long.parseLong((String) row[0]), told.at(), told.event());
  }

  private static Point point(Object[] row) {
    return new Point((String) row[1], number(row[2]), number(row[3]), number(row[4]));
  }

  private static long number(Object text) {
    return Long.parseLong((String) text);
  }

  private static String name(LoadBalancer balancer) {
    return balancer.getMetadata().getNamespace() + "/" + balancer.getMetadata().getName();
  }

  /** In a context of its own: a session does not share one. */
  private <T> T blocking(Supplier<Uni<T>> question) {
    var answer = new CompletableFuture<T>();
    var root = vertx.getOrCreateContext();
    var context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(root));
    VertxContextSafetyToggle.setContextSafe(context, true);
    context.runOnContext(
        _ ->
            question
                .get()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .subscribe()
                .with(answer::complete, answer::completeExceptionally));
    try {
      return answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Unavailable known ? known : failed(e.getCause());
    } catch (TimeoutException e) {
      throw new Unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable(e);
    }
  }

  private static RuntimeException failed(@Nullable Throwable cause) {
    return cause instanceof io.smallrye.mutiny.TimeoutException silence
        ? new Unavailable(silence)
        : new IllegalStateException("the history was not read", cause);
  }
}
