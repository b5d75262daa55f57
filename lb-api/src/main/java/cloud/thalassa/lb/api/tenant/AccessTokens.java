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
  /** How long one is good, unless something else is asked for. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  private static final String WORKLOADS = "select * from workloads(?1, ?2)";
  private static final String QUERY = "select organisation_of(?1, ?2), ''";

  private final Database database;

  AccessTokens(Database database) {
    this.database = database;
  }

  /**
   * A token, and whose it is.
   *
   * @param organisation its identity
   */
  public record Issued(
      String token, String organisation, String serviceAccount, Duration lifetime) {}

  /** Empty: there is no such service account, or it has another secret. */
  public Uni<Optional<Issued>> issue(String serviceAccount, String secret) {
    return database
        .ask(QUERY, List.of(serviceAccount, Secret.hash(secret)))
        .chain(
            rows ->
                rows.getFirst()[0] instanceof String organisation
                    ? store(organisation, serviceAccount, LIFETIME)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /**
   * For a token of somebody else that is as good as the secret: the token exchange of RFC 8693.
   *
   * @param organisation its identity or slug
   * @param token a JWT (RFC 7519)
   * @return empty: there is no such service account, or the token is of no workload of it
   */
  public Uni<Optional<Issued>> exchange(
      String organisation, String serviceAccount, String token, Duration lifetime) {
    return database
        .ask(WORKLOADS, List.of(serviceAccount, organisation))
        .chain(
            rows ->
                rows.stream()
                    .map(Workload::of)
                    .filter(it -> it.has(token))
                    .findFirst()
                    .map(it -> store(it.organisation(), serviceAccount, lifetime))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Optional<Issued>> store(
      String organisation, String serviceAccount, Duration lifetime) {
    var token = Secret.random("tc_at_");
    var row = new TokenRow();
    row.hash = Secret.hash(token);
    row.organisation = organisation;
    row.serviceAccount = serviceAccount;
    row.createdAt = Instant.now();
    row.expiresAt = row.createdAt.plus(lifetime);
    return database
        .within(organisation, session -> session.persist(row))
        .replaceWith(Optional.of(new Issued(token, organisation, serviceAccount, lifetime)));
  }
}
