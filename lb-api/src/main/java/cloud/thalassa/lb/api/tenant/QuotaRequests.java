package cloud.thalassa.lb.api.tenant;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What organisations ask for, and what the platform said. */
@ApplicationScoped
public class QuotaRequests {
  /** As many may wait for an answer. */
  public static final int MOST_PENDING = 20;

  private static final int MOST_SHOWN = 1000;

  private final Database database;

  QuotaRequests(Database database) {
    this.database = database;
  }

  /**
   * A request.
   *
   * @param decision {@code pending}, {@code approved} or {@code denied}
   * @param createdAt RFC 3339
   * @param updatedAt RFC 3339
   */
  public record Asked(
      String identity,
      String quota,
      long most,
      String reason,
      String decision,
      @Nullable String decisionReason,
      String createdAt,
      String updatedAt) {
    private static Asked of(QuotaRequestRow row) {
      return new Asked(
          row.identity,
          row.quota,
          row.most,
          row.reason,
          row.decision,
          row.decisionReason,
          row.createdAt.toString(),
          row.updatedAt.toString());
    }
  }

  /** The latest first. */
  public Uni<List<Asked>> of(String organisation) {
    return database
        .within(organisation, session -> rows(session, organisation))
        .map(rows -> rows.stream().map(Asked::of).toList());
  }

  /** Empty: too many wait for an answer already. */
  public Uni<Optional<Asked>> ask(String organisation, String quota, long most, String reason) {
    return database.within(
        organisation,
        session ->
            rows(session, organisation)
                .chain(
                    rows -> {
                      var pending = rows.stream().filter(it -> it.decision.equals("pending"));
                      if (pending.count() >= MOST_PENDING) {
                        return Uni.createFrom().item(Optional.<Asked>empty());
                      }
                      var row = new QuotaRequestRow();
                      row.identity = Secret.identity("qr-");
                      row.organisation = organisation;
                      row.quota = quota;
                      row.most = most;
                      row.reason = reason;
                      row.decision = "pending";
                      row.createdAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
                      row.updatedAt = row.createdAt;
                      return session.persist(row).replaceWith(Optional.of(Asked.of(row)));
                    }));
  }

  private static Uni<List<QuotaRequestRow>> rows(Mutiny.Session session, String organisation) {
    return session
        .createSelectionQuery(
            "from QuotaRequestRow where organisation = ?1 order by createdAt desc",
            QuotaRequestRow.class)
        .setParameter(1, organisation)
        .setMaxResults(MOST_SHOWN)
        .getResultList();
  }
}
