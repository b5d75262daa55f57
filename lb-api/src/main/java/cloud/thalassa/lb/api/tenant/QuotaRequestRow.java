package cloud.thalassa.lb.api.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** An organisation asks for more of something. */
@Entity
@Table(name = "quota_request")
@NullUnmarked
final class QuotaRequestRow {
  @Id String identity;

  String organisation;

  String quota;

  @Column(name = "max_usage")
  long most;

  String reason;

  String decision;

  @Column(name = "decision_reason")
  String decisionReason;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;
}
