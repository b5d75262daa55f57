package cloud.thalassa.lb.api.tenant;

import java.util.Map;

/**
 * An organisation.
 *
 * @param createdAt RFC 3339, as all times here
 * @param quotas how many of a thing it may have, by name, where the platform has said so
 */
public record Organisation(
    String identity,
    String name,
    String slug,
    String description,
    String createdAt,
    String updatedAt,
    Map<String, Long> quotas) {

  public boolean is(String identityOrSlug) {
    return identity.equals(identityOrSlug) || slug.equals(identityOrSlug);
  }
}
