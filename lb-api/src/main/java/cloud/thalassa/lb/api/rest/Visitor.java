package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.Caller;
import cloud.thalassa.lb.api.tenant.Organisation;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sent the request that is being answered, and for which organisation. */
@RequestScoped
public class Visitor {
  private @Nullable Caller caller;
  private @Nullable Organisation organisation;
  private String subject = "";
  private @Nullable String condition;
  private @Nullable String organisationIdentity;
  private boolean looks;

  public void is(Caller caller) {
    this.caller = caller;
    this.subject = caller.subject();
  }

  public void comesFor(Organisation organisation) {
    this.organisation = organisation;
    this.organisationIdentity = organisation.identity();
  }

  /**
   * A service account asks for a token.
   *
   * @param organisation its identity, when it gets one; null: nobody knows
   */
  void isAccount(String identity, @Nullable String organisation) {
    this.subject = identity;
    this.organisationIdentity = organisation;
  }

  public Caller caller() {
    return Objects.requireNonNull(caller, "authentication comes first");
  }

  public Organisation organisation() {
    return Objects.requireNonNull(organisation, "authentication comes first");
  }

  /** Of versions of what is changed: the header {@code If-Match}. */
  void insistsOn(@Nullable String condition) {
    this.condition = condition;
  }

  @Nullable String condition() {
    return condition;
  }

  /** The request changes nothing, whatever its method is. */
  public void onlyLooks() {
    this.looks = true;
  }

  boolean looks() {
    return looks;
  }

  /** As who sent it says, or is known to be; empty: nobody said. */
  String subject() {
    return subject;
  }

  /** The identity of the organisation that it is for. */
  public Optional<String> organisationIdentity() {
    return Optional.ofNullable(organisationIdentity);
  }
}
