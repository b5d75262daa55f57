package cloud.thalassa.lb.cluster;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/** A PostgreSQL outside the nodes, whose database {@code thalassa} pods reach by a password. */
final class Database implements AutoCloseable {
  static final String USER = "thalassa";
  static final String PASSWORD = "not-a-secret";

  private static final int PORT = 5432;
  private static final String PODS_AND_NODES = "host all all 10.0.0.0/8 scram-sha-256\n";

  private final EmbeddedPostgres server;

  private Database(EmbeddedPostgres server) {
    this.server = server;
  }

  static Database start() throws IOException, SQLException {
    Files.createDirectories(KubeTools.target());
    Path directory = Files.createTempDirectory(KubeTools.target(), "postgres-");
    var server =
        EmbeddedPostgres.builder()
            .setPort(PORT)
            .setDataDirectory(directory)
            .setCleanDataDirectory(true)
            .setServerConfig("listen_addresses", "*")
            .setServerConfig("fsync", "off")
            .start();
    var access = directory.resolve("pg_hba.conf");
    Files.writeString(access, PODS_AND_NODES, StandardOpenOption.APPEND);
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create role %s login createrole password '%s'".formatted(USER, PASSWORD));
      statement.execute("create database thalassa owner " + USER);
      statement.execute("select pg_reload_conf()");
    }
    return new Database(server);
  }

  /** As pods reach it. */
  String address() {
    return "10.88.0.1:" + PORT + "/thalassa";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
