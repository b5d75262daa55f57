package cloud.thalassa.lb.api.history;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.crds.event.Event;
import cloud.thalassa.lb.crds.event.Told;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/** Writes events, each once, and deletes what is old. */
@ApplicationScoped
class HistoryWriter {
  private static final Duration CLEANING = Duration.ofMinutes(10);

  /** One after the other over all replicas: whoever has read a row has read all before it. */
  private static final String IN_ORDER = "select pg_advisory_xact_lock(7464617)";

  private static final String EVENT =
      """
      insert into event (organisation, load_balancer, at, body, source, number)
      select identity, ?, ?, ?, ?, ? from organisation where identity = ?
      on conflict do nothing
      """;

  private static final String USAGE =
      """
      insert into usage (organisation, load_balancer, minute, listener, source, connections, bytes_to_target, bytes_to_client)
      select identity, ?, ?, ?, ?, ?, ?, ? from organisation where identity = ?
      on conflict do nothing
      """;

  /** So many at a time that nobody waits for it. */
  private static final String CLEAN =
      "delete from %1$s where ctid in (select ctid from %1$s where %2$s < now() - ? * interval '1 second' limit 10000)";

  private final DataSource owner;
  private final ApiConfig.History kept;
  private long cleaned;

  HistoryWriter(DataSource owner, ApiConfig config) {
    this.owner = owner;
    this.kept = config.history();
  }

  /**
   * False: it is there already, or of an organisation that the database does not know.
   *
   * @throws java.time.DateTimeException it happened at no time
   */
  boolean write(String organisation, Told told) throws SQLException {
    try (var connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean isNew =
            told.event() instanceof Event.Usage usage
                ? usage(connection, organisation, told.source(), usage)
                : event(connection, organisation, told);
        clean(connection);
        connection.commit();
        return isNew;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static boolean event(Connection connection, String organisation, Told told)
      throws SQLException {
    try (var order = connection.createStatement();
        var statement = connection.prepareStatement(EVENT)) {
      order.execute(IN_ORDER);
      statement.setString(1, told.event().loadBalancer());
      statement.setTimestamp(2, Timestamp.from(Instant.parse(told.at())));
      statement.setString(3, told.json().replace("\\u0000", " ")); // which PostgreSQL does not take
      statement.setString(4, told.source());
      statement.setLong(5, told.number());
      statement.setString(6, organisation);
      return statement.executeUpdate() > 0;
    }
  }

  private static boolean usage(
      Connection connection, String organisation, String source, Event.Usage usage)
      throws SQLException {
    try (var statement = connection.prepareStatement(USAGE)) {
      for (var line : usage.listeners()) {
        add(statement, organisation, source, usage, line);
      }
      boolean isNew = false;
      for (int rows : statement.executeBatch()) {
        isNew |= rows > 0;
      }
      return isNew;
    }
  }

  private static void add(
      PreparedStatement statement,
      String organisation,
      String source,
      Event.Usage usage,
      Event.OfListener line)
      throws SQLException {
    statement.setString(1, usage.loadBalancer());
    statement.setTimestamp(2, Timestamp.from(Instant.ofEpochSecond(usage.minute() * 60)));
    statement.setString(3, line.listener());
    statement.setString(4, source);
    statement.setLong(5, line.connections());
    statement.setLong(6, line.bytesToTarget());
    statement.setLong(7, line.bytesToClient());
    statement.setString(8, organisation);
    statement.addBatch();
  }

  private void clean(Connection connection) throws SQLException {
    if (cleaned != 0 && System.nanoTime() - cleaned < CLEANING.toNanos()) {
      return;
    }
    delete(connection, CLEAN.formatted("event", "at"), kept.kept());
    delete(connection, CLEAN.formatted("usage", "minute"), kept.usageKept());
    cleaned = System.nanoTime();
  }

  private static void delete(Connection connection, String sql, Duration kept) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, kept.toSeconds());
      statement.executeUpdate();
    }
  }
}
