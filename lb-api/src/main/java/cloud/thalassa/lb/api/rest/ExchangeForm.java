package cloud.thalassa.lb.api.rest;

import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** What is exchanged for a token of a service account (RFC 8693, 2.1), and which one it is. */
class ExchangeForm {
  @RestForm("subject_token")
  public @Nullable String token;

  @RestForm("subject_token_type")
  public @Nullable String type;

  @RestForm("organisation_id")
  public @Nullable String organisation;

  @RestForm("service_account_id")
  public @Nullable String account;

  @RestForm("access_token_lifetime")
  public @Nullable String lifetime;
}
