package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.kube.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTest {
  /** What the pods of {@code k8s/api} have, but for the one that migrates. */
  private static final Map<String, String> MIGRATED_BY_OTHERS =
      Map.of(
          "QUARKUS_FLYWAY_MIGRATE_AT_START", "false",
          "QUARKUS_FLYWAY_VALIDATE_AT_START", "true");

  private static Child start(String name, Map<String, String> environment, String... arguments)
      throws IOException {
    var log = KubeTools.target().resolve("lb-api-" + name + ".log");
    Files.deleteIfExists(log);
    var command = new ArrayList<>(Program.API.command("-Dquarkus.http.port=9099"));
    command.addAll(List.of(arguments));
    return Child.start("lb-api", log, environment, command);
  }

  private static List<String> said(Child child) {
    return child.output().lines().filter(line -> line.startsWith("thalassa-lb api: ")).toList();
  }

  @Test
  void withoutItsDatabaseItDoesNotStartAndSaysSoInOneSentence() throws IOException {
    var child =
        start("without-database", Map.of("THALASSA_DATABASE_ADDRESS", "127.0.0.1:1/thalassa"));
    assertThat(child.exitCode(60)).isEqualTo(1);
    assertThat(said(child)).hasSize(1).first().asString().contains("127.0.0.1:1");
  }

  @Test
  void databaseIsMigratedByOneThatEndsAndOthersWaitForIt() throws IOException, SQLException {
    var database = Postgres.start();
    try {
      var environment =
          new HashMap<>(
              Map.of(
                  "THALASSA_DATABASE_ADDRESS",
                  database.address(),
                  "THALASSA_DATABASE_PASSWORD",
                  Postgres.PASSWORD,
                  "THALASSA_FOUNDER_ORGANISATION",
                  Api.FOUNDERS,
                  "THALASSA_FOUNDER_TOKEN",
                  Api.FOUNDER_TOKEN));
      var early = new HashMap<>(environment);
      early.putAll(MIGRATED_BY_OTHERS);
      var child = start("too-early", early);
      assertThat(child.exitCode(60)).isEqualTo(1);
      assertThat(said(child)).hasSize(1).first().asString().contains("not applied to database");

      var migration = start("migration", environment, "migrate");
      assertThat(migration.exitCode(60)).as(migration.output()).isZero();
      assertThat(database.all("select slug from organisation")).containsExactly(Api.FOUNDERS);

      Api.another(database, MIGRATED_BY_OTHERS).stop();
    } finally {
      database.stop();
    }
  }
}
