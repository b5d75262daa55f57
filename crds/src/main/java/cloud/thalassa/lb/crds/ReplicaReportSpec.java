package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReplicaReportSpec(
    @JsonPropertyDescription("Replicas that do not answer") List<Dead> dead,
    @JsonPropertyDescription(
            "Replicas that answer, though another health checker finds them dead: an objection")
        List<Alive> alive,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonPropertyDescription(
            "Counts the seconds for which an objection is upheld; one that is not counts no more")
        long upheld) {

  public ReplicaReportSpec {
    dead = dead == null ? List.of() : List.copyOf(dead);
    alive = alive == null ? List.of() : List.copyOf(alive);
  }

  /** Known to live until a moment (RFC 3339, UTC), and then not, with the reason in words. */
  public record Dead(
      @Required String namespace,
      @Required String pod,
      @Required String loadBalancer,
      @Required String since,
      @Required String reason) {}

  public record Alive(
      @Required String namespace, @Required String pod, @Required String loadBalancer) {}
}
