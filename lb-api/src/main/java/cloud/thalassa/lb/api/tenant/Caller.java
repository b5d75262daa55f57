package cloud.thalassa.lb.api.tenant;

import java.util.List;
import java.util.Optional;

/** Whoever sent a request: a person or a service account, and where it belongs. */
public record Caller(
    String subject, String name, String email, String since, List<Membership> memberships) {

  /**
   * Of the caller in an organisation.
   *
   * @param role {@code OWNER} or {@code MEMBER}
   */
  public record Membership(String identity, String role, String since, Organisation organisation) {}

  /** Empty: there is none of that name, or the caller is not in it, which is the same to him. */
  public Optional<Organisation> organisation(String identityOrSlug) {
    return memberships.stream()
        .map(Membership::organisation)
        .filter(it -> it.is(identityOrSlug))
        .findFirst();
  }

  /** Whether the caller is one of the owners of an organisation. */
  public boolean owns(Organisation organisation) {
    return memberships.stream()
        .filter(it -> it.organisation().identity().equals(organisation.identity()))
        .anyMatch(it -> it.role().equals("OWNER"));
  }

  /** For callers who name none, and are in one only. */
  public Optional<Organisation> onlyOrganisation() {
    return memberships.size() == 1
        ? Optional.of(memberships.getFirst().organisation())
        : Optional.empty();
  }
}
