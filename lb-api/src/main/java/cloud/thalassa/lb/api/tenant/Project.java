package cloud.thalassa.lb.api.tenant;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A project.
 *
 * @param parent the identity of another one; null: none
 * @param createdAt RFC 3339
 * @param updatedAt RFC 3339
 * @param version from 1; grows when something changes
 */
public record Project(
    String identity,
    String slug,
    Content content,
    @Nullable String parent,
    String createdAt,
    String updatedAt,
    long version) {

  /** What its owners say of it. */
  public record Content(
      String name,
      String description,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  static Project of(ProjectRow row) {
    return new Project(
        row.identity,
        row.slug,
        new Content(row.name, row.description, row.labels, row.annotations),
        row.parent,
        row.createdAt.toString(),
        row.updatedAt.toString(),
        row.version);
  }

  public boolean is(String identityOrSlug) {
    return identity.equals(identityOrSlug) || slug.equals(identityOrSlug);
  }

  public Optional<String> parentIdentity() {
    return Optional.ofNullable(parent);
  }
}
