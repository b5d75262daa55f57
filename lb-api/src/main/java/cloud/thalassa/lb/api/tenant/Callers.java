package cloud.thalassa.lb.api.tenant;

import cloud.thalassa.lb.api.tenant.Caller.Membership;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who has a token. */
@ApplicationScoped
public class Callers {
  private static final String QUERY = "select * from caller(?1)";

  private final Database database;
  private final Remembered<Caller> remembered;

  Callers(Database database) {
    this.database = database;
    this.remembered = new Remembered<>(System::nanoTime);
  }

  /** What to call a token where it must not be written down. */
  public static String fingerprint(String token) {
    return Secret.hash(token);
  }

  /**
   * Empty: nobody, for the token is unknown, expired or revoked. A token that is revoked may be
   * good for {@link Remembered#FRESH}, and as long as the database is down for {@link
   * Remembered#STALE}.
   */
  public Uni<Optional<Caller>> of(String token) {
    var hash = Secret.hash(token);
    return remembered.of(hash, () -> database.ask(QUERY, List.of(hash)).map(Callers::caller));
  }

  static Optional<Caller> caller(List<Object[]> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var first = rows.getFirst();
    var memberships = rows.stream().filter(row -> row[4] != null).map(Callers::membership).toList();
    return Optional.of(
        new Caller(text(first[0]), text(first[1]), text(first[2]), text(first[3]), memberships));
  }

  private static Membership membership(Object[] row) {
    return new Membership(
        text(row[4]),
        text(row[5]),
        text(row[6]),
        new Organisation(
            text(row[7]),
            text(row[8]),
            text(row[9]),
            text(row[10]),
            text(row[11]),
            text(row[12]),
            quotas(text(row[13]))));
  }

  private static Map<String, Long> quotas(String list) {
    return Arrays.stream(list.split(","))
        .map(it -> it.split("="))
        .filter(it -> it.length == 2)
        .collect(Collectors.toUnmodifiableMap(it -> it[0], it -> Long.valueOf(it[1])));
  }

  private static String text(Object column) {
    return Objects.requireNonNull((String) column);
  }
}
