package cloud.thalassa.lb.rest;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A PostgreSQL whose database {@code thalassa} belongs to somebody who is no superuser. */
final class Postgres {
  static final String USER = "thalassa";
  static final String PASSWORD = "not-a-secret";

  private final EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  static Postgres start() {
    try {
      var server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("shared_buffers", "16MB")
              .start();
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(
            "create role %s login createrole password '%s'".formatted(USER, PASSWORD));
        statement.execute("create database thalassa owner " + USER);
      }
      return new Postgres(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
    try (var connection = connection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
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
