package cloud.thalassa.lb.api.tenant;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The projects of organisations. */
@ApplicationScoped
public class Projects {
  /** As many has an organisation at most. */
  public static final int MOST = 1000;

  private final Database database;

  Projects(Database database) {
    this.database = database;
  }

  /**
   * What becomes of a project.
   *
   * @param slug of a new one, made of its identity; else it stays
   * @param parent the identity of another project; null: none
   */
  public record Change(
      Project.Content content, @Nullable String parent, Function<String, String> slug) {}

  /** The oldest first. */
  public Uni<List<Project>> of(String organisation) {
    return database.within(organisation, session -> all(session, organisation));
  }

  /**
   * Makes one.
   *
   * @param decision what it is to be, from all that there are; may throw
   */
  public Uni<Project> create(String organisation, Function<List<Project>, Change> decision) {
    return database.within(
        organisation,
        session ->
            all(session, organisation)
                .chain(
                    all -> {
                      var change = decision.apply(all);
                      var row = new ProjectRow();
                      row.identity = Secret.identity("prj-");
                      row.organisation = organisation;
                      row.slug = change.slug.apply(row.identity);
                      row.createdAt = now();
                      write(row, change);
                      return session.persist(row).replaceWith(() -> Project.of(row));
                    }));
  }

  /**
   * Changes one.
   *
   * @param decision what it is to be, from all that there are; may throw
   */
  public Uni<Project> update(
      String organisation, String identity, Function<List<Project>, Change> decision) {
    return database.within(
        organisation,
        session ->
            all(session, organisation)
                .chain(
                    all -> {
                      var change = decision.apply(all);
                      return session
                          .find(ProjectRow.class, identity)
                          .map(
                              row -> {
                                if (differs(row, change)) {
                                  write(row, change);
                                }
                                return Project.of(row);
                              });
                    }));
  }

  public Uni<Void> delete(String organisation, String identity) {
    return database
        .within(
            organisation,
            session ->
                session
                    .createMutationQuery("delete from ProjectRow where identity = ?1")
                    .setParameter(1, identity)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static boolean differs(ProjectRow row, Change change) {
    var before = Project.of(row);
    return !before.content().equals(change.content)
        || !before.parentIdentity().equals(Optional.ofNullable(change.parent));
  }

  private static void write(ProjectRow row, Change change) {
    row.name = change.content.name();
    row.description = change.content.description();
    row.labels = change.content.labels();
    row.annotations = change.content.annotations();
    row.parent = change.parent;
    row.updatedAt = now();
    row.version++;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Uni<List<Project>> all(Mutiny.Session session, String organisation) {
    return session
        .createSelectionQuery(
            "from ProjectRow where organisation = ?1 order by createdAt, identity",
            ProjectRow.class)
        .setParameter(1, organisation)
        .setMaxResults(MOST)
        .getResultList()
        .map(rows -> rows.stream().map(Project::of).toList());
  }
}
