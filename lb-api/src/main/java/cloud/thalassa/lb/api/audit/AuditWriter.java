package cloud.thalassa.lb.api.audit;

import cloud.thalassa.lb.api.tenant.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Writes what waits, many rows at once, and deletes what is old. */
final class AuditWriter {
  private static final Logger log = Logger.getLogger(AuditWriter.class);
  private static final int BATCH = 500;
  private static final int PAUSE_SECONDS = 1;
  private static final int STOP_SECONDS = 5;
  private static final Duration CLEANING = Duration.ofMinutes(10);

  private static final String INSERT =
      "insert into audit (organisation, at, subject, method, path, status, request_id, address)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?)";

  /** So many at a time that nobody waits for it. */
  private static final String CLEAN =
      "delete from audit where id in (select id from audit where at < now() - ? * interval '1 second' limit 10000)";

  private final DataSource owner;
  private final BlockingQueue<Entry> waiting;
  private final Duration kept;
  private final IntConsumer lost;
  private final Thread thread = new Thread(this::run, "audit");
  private final CountDownLatch stopping = new CountDownLatch(1);
  private boolean failing;
  private long cleaned;

  /**
   * @param lost is told how many entries the database does not take
   */
  AuditWriter(DataSource owner, BlockingQueue<Entry> waiting, Duration kept, IntConsumer lost) {
    this.owner = owner;
    this.waiting = waiting;
    this.kept = kept;
    this.lost = lost;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Returns when everything is written, or after a moment. */
  void stop() {
    stopping.countDown();
    try {
      thread.join(Duration.ofSeconds(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var batch = new ArrayList<Entry>(BATCH);
    try {
      boolean last = false;
      while (!last) {
        last = stopping.await(PAUSE_SECONDS, TimeUnit.SECONDS);
        writeAll(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is left in the batch was not written. */
  private void writeAll(List<Entry> batch) {
    while (waiting.drainTo(batch, BATCH - batch.size()) > 0 || !batch.isEmpty()) {
      if (!written(batch)) {
        return;
      }
      batch.clear();
    }
  }

  private boolean written(List<Entry> batch) {
    try (var connection = owner.getConnection()) {
      insert(connection, batch);
      clean(connection);
      failing = false;
      return true;
    } catch (SQLException e) {
      if (!Unavailable.passes(e)) {
        log.errorf("The database does not take %d audit entries: %s", batch.size(), e.getMessage());
        lost.accept(batch.size());
        return true;
      }
      if (!failing) {
        log.warnf("Cannot write the audit, trying again: %s", e.getMessage());
      }
      failing = true;
      return false;
    }
  }

  private static void insert(Connection connection, List<Entry> batch) throws SQLException {
    connection.setAutoCommit(false); // all of them or none: the next try begins with the same
    try (var statement = connection.prepareStatement(INSERT)) {
      for (var entry : batch) {
        statement.setString(1, entry.organisation());
        statement.setTimestamp(2, Timestamp.from(entry.at()));
        statement.setString(3, entry.subject());
        statement.setString(4, entry.method());
        statement.setString(5, entry.path());
        statement.setInt(6, entry.status());
        statement.setString(7, entry.requestId());
        statement.setString(8, entry.address());
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void clean(Connection connection) throws SQLException {
    if (cleaned != 0 && System.nanoTime() - cleaned < CLEANING.toNanos()) {
      return;
    }
    try (var statement = connection.prepareStatement(CLEAN)) {
      statement.setLong(1, kept.toSeconds());
      statement.executeUpdate();
    }
    cleaned = System.nanoTime();
  }
}
