package cloud.thalassa.lb.api.tenant;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Short-lived tokens of service accounts. */
@ApplicationScoped
public class AccessTokens {
  /** How long one is good. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  private static final String QUERY = "select organisation_of(?1, ?2), ''";

  private final Database database;

  AccessTokens(Database database) {
    this.database = database;
  }

  /** Empty: there is no such service account, or it has another secret. */
  public Uni<Optional<String>> issue(String serviceAccount, String secret) {
    return database
        .ask(QUERY, List.of(serviceAccount, Secret.hash(secret)))
        .chain(
            rows ->
                rows.getFirst()[0] instanceof String organisation
                    ? store(organisation, serviceAccount)
                    : Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Optional<String>> store(String organisation, String serviceAccount) {
    var token = Secret.random("tc_at_");
    var row = new TokenRow();
    row.hash = Secret.hash(token);
    row.organisation = organisation;
    row.serviceAccount = serviceAccount;
    row.createdAt = Instant.now();
    row.expiresAt = row.createdAt.plus(LIFETIME);
    return database
        .within(organisation, session -> session.persist(row))
        .replaceWith(Optional.of(token));
  }
}
