package cloud.thalassa.lb.api.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A token of a service account. */
@Entity
@Table(name = "token")
@NullUnmarked
final class TokenRow {
  @Id String hash;

  String organisation;

  @Column(name = "service_account")
  String serviceAccount;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;
}
