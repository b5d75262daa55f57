package cloud.thalassa.lb.rest;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL whose database {@code thalassa} belongs to somebody who is no superuser. */
final class Postgres {
  static final String USER = "thalassa";
  static final String PASSWORD = "not-a-secret";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path directory;
  private EmbeddedPostgres server;

  private Postgres(Path directory) throws IOException {
    this.directory = directory;
    this.server = serve(0);
  }

  static Postgres start() {
    try {
      var started = new Postgres(KubeTools.empty("postgres/" + NUMBER.incrementAndGet()));
      try (var connection = started.server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(
            "create role %s login createrole password '%s'".formatted(USER, PASSWORD));
        statement.execute("create database thalassa owner " + USER);
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param port 0: a free one
   */
  private EmbeddedPostgres serve(int port) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "off")
            // unless said, it is off, and who is killed has not kept what it said it had
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "16MB");
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }

  /** SIGKILL. */
  void kill() throws IOException {
    var pid = Files.readAllLines(directory.resolve("postmaster.pid")).getFirst();
    var process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    var children = process.children().toList();
    process.destroyForcibly();
    process.onExit().join();
    children.forEach(child -> child.onExit().join()); // who would still hold its memory
  }

  /** With what it had, at the same port. */
  void restart() throws IOException {
    int port = server.getPort();
    server.close();
    server = serve(port);
  }

  /** As the program wants it. */
  String address() {
    return "127.0.0.1:" + server.getPort() + "/thalassa";
  }

  /** Of the owner of all tables, whom row-level security does not bind. */
  Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://" + address(), USER, PASSWORD);
  }

  void execute(String sql, Object... parameters) {
    try (var connection = connection()) {
      execute(connection, sql, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  /** The first column, of what the owner sees. */
  List<String> all(String query) throws SQLException {
    try (var connection = connection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var seen = new java.util.ArrayList<String>();
      while (rows.next()) {
        seen.add(rows.getString(1));
      }
      return seen;
    }
  }

  /** The first column, of what a tenant's connection sees within an organisation. */
  List<String> seenBy(String organisation, String query) throws SQLException {
    try (var connection = connection();
        var statement = connection.createStatement()) {
      statement.execute("set role thalassa_tenant");
      statement.execute("set thalassa.organisation = '" + organisation + "'");
      var rows = statement.executeQuery(query);
      var seen = new java.util.ArrayList<String>();
      while (rows.next()) {
        seen.add(rows.getString(1));
      }
      return seen;
    }
  }

  void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
