package cloud.thalassa.lb.api.tenant;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions on the database. Connections have the role of tenants from the start; of tables they
 * see what belongs to the organisation that the transaction is for.
 */
@ApplicationScoped
public class Database {
  private final Mutiny.SessionFactory sessions;

  Database(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** Work that sees the rows of this organisation. */
  <T> Uni<T> within(String organisation, Function<Mutiny.Session, Uni<T>> work) {
    return sessions
        .withTransaction(
            session ->
                session
                    .createNativeQuery(
                        "select set_config('thalassa.organisation', :organisation, true)",
                        String.class)
                    .setParameter("organisation", organisation)
                    .getSingleResult()
                    .chain(() -> work.apply(session)))
        .onFailure(Unavailable::isOne)
        .transform(Unavailable::new);
  }

  /** Of a statement that sees the rows of this organisation, which has two columns at least. */
  public Uni<List<Object[]>> within(String organisation, String query, String... parameters) {
    return within(organisation, session -> rows(session, query, List.of(parameters)));
  }

  /** Asks a function that needs neither an organisation nor anything else; two columns at least. */
  public Uni<List<Object[]>> ask(String query) {
    return ask(query, List.of());
  }

  /** Asks a function, which needs no organisation. */
  Uni<List<Object[]>> ask(String query, List<String> parameters) {
    return sessions
        .withSession(session -> rows(session, query, parameters))
        .onFailure(Unavailable::isOne)
        .transform(Unavailable::new);
  }

  private static Uni<List<Object[]>> rows(
      Mutiny.Session session, String query, List<String> parameters) {
    var asked = session.createNativeQuery(query, Object[].class);
    for (int i = 0; i < parameters.size(); i++) {
      asked.setParameter(i + 1, parameters.get(i));
    }
    return asked.getResultList();
  }
}
