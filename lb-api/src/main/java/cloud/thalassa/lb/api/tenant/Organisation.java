package cloud.thalassa.lb.api.tenant;

/**
 * An organisation.
 *
 * @param createdAt RFC 3339, as all times here
 */
public record Organisation(
    String identity,
    String name,
    String slug,
    String description,
    String createdAt,
    String updatedAt) {

  public boolean is(String identityOrSlug) {
    return identity.equals(identityOrSlug) || slug.equals(identityOrSlug);
  }
}
