package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.Caller;
import cloud.thalassa.lb.api.tenant.Organisation;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who sent the request that is being answered, and for which organisation. */
@RequestScoped
class Visitor {
  private @Nullable Caller caller;
  private @Nullable Organisation organisation;

  void set(Caller caller, @Nullable Organisation organisation) {
    this.caller = caller;
    this.organisation = organisation;
  }

  Caller caller() {
    return Objects.requireNonNull(caller, "authentication comes first");
  }

  Organisation organisation() {
    return Objects.requireNonNull(organisation, "authentication comes first");
  }
}
