package cloud.thalassa.lb.api.audit;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.tenant.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;

/**
 * The entries. Requests do not wait for them: they are written a moment later, also when the
 * database was away meanwhile, as far as memory is set apart for them; beyond that they are counted
 * as lost.
 */
@ApplicationScoped
public class AuditTrail {
  private static final int MOST_WAITING = 10_000;

  private static final String QUERY =
      """
      select cast(id as text), rfc3339(at), subject, method, path, cast(status as text), request_id, address
      from audit where organisation = ?1 and id < cast(cast(?2 as text) as bigint)
      order by id desc limit cast(cast(?3 as text) as int)
      """;

  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Database database;
  private final AuditWriter writer;
  private final Counter lost;

  AuditTrail(Database database, DataSource owner, ApiConfig config, MeterRegistry meters) {
    this.database = database;
    this.lost =
        Counter.builder("thalassa.lb.api.audit.lost")
            .description(
                "Audit entries that nobody can read, because the database was away too long")
            .register(meters);
    this.writer = new AuditWriter(owner, waiting, config.audit().kept(), lost::increment);
  }

  void start(@Observes StartupEvent event) {
    writer.start();
  }

  void stop(@Observes ShutdownEvent event) {
    writer.stop();
  }

  public void record(Entry entry) {
    if (!waiting.offer(entry)) {
      lost.increment();
    }
  }

  /**
   * An entry, as it reads.
   *
   * @param id grows with time
   * @param at RFC 3339
   */
  public record Shown(
      String id,
      String at,
      String subject,
      String method,
      String path,
      int status,
      String requestId,
      String address) {
    private static Shown of(Object[] row) {
      return new Shown(
          (String) row[0],
          (String) row[1],
          (String) row[2],
          (String) row[3],
          (String) row[4],
          Integer.parseInt((String) row[5]),
          (String) row[6],
          (String) row[7]);
    }
  }

  /** The latest that are older than one, the latest first. */
  public Uni<List<Shown>> before(String organisation, long id, int most) {
    return database
        .within(organisation, QUERY, organisation, Long.toString(id), Integer.toString(most))
        .map(rows -> rows.stream().map(Shown::of).toList());
  }
}
