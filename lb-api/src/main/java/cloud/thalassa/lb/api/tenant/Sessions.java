package cloud.thalassa.lb.api.tenant;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is signed in at the console. A session names a token by its hash, and ends with it; it is a
 * secret of its own, of which only the hash is kept, and no token.
 */
@ApplicationScoped
public class Sessions {
  private static final String BEGIN = "select begin_session(?1, ?2, ?3), ''";
  private static final String QUERY =
      "select c.*, s.token from token_of_session(?1) s (token), caller(s.token) c";
  private static final String END = "select cast(end_session(?1) as text), ''";
  private static final int COLUMNS = 14;

  private final Database database;
  private final Remembered<Session> remembered = new Remembered<>(System::nanoTime);

  Sessions(Database database) {
    this.database = database;
  }

  /**
   * A session that goes on.
   *
   * @param token what to call its token where that must not be written down
   */
  public record Session(Caller caller, String token) {}

  /** What the browser keeps; empty: nobody has the token. */
  public Uni<Optional<String>> begin(String token, Duration lifetime) {
    var secret = Secret.random("");
    var seconds = Long.toString(lifetime.toSeconds());
    return database
        .ask(BEGIN, List.of(Secret.hash(secret), Secret.hash(token), seconds))
        .map(rows -> rows.getFirst()[0] == null ? Optional.empty() : Optional.of(secret));
  }

  /** Empty: it ended, or its token did. Without the database, as long as tokens do. */
  public Uni<Optional<Session>> of(String secret) {
    var hash = Secret.hash(secret);
    return remembered.of(hash, () -> database.ask(QUERY, List.of(hash)).map(Sessions::session));
  }

  /** Of other processes, too, within {@link Remembered#FRESH}. */
  public Uni<Void> end(String secret) {
    var hash = Secret.hash(secret);
    remembered.forget(hash);
    return database.ask(END, List.of(hash)).replaceWithVoid();
  }

  private static Optional<Session> session(List<Object[]> rows) {
    return Callers.caller(rows)
        .map(it -> new Session(it, Objects.requireNonNull((String) rows.getFirst()[COLUMNS])));
  }
}
