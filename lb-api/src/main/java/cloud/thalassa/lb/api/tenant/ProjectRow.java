package cloud.thalassa.lb.api.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** A project of an organisation. */
@Entity
@Table(name = "project")
@NullUnmarked
final class ProjectRow {
  @Id String identity;

  String organisation;

  String name;

  String slug;

  String description;

  @Convert(converter = JsonText.class)
  Map<String, String> labels;

  @Convert(converter = JsonText.class)
  Map<String, String> annotations;

  String parent;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  long version;
}
