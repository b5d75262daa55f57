package cloud.thalassa.lb.api.wire;

/** An organisation that the caller belongs to, and as what. */
public record MembershipView(
    String identity, String createdAt, Head organisation, User user, String role) {

  /** The caller. */
  public record User(String subject, String name, String email, String createdAt) {}
}
