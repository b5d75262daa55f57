package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DataplaneReportSpec(
    @JsonPropertyDescription("Revision of the ForwardingConfig in service") @Required
        String revision,
    @Required Phase phase,
    @JsonPropertyDescription("Why the newest ForwardingConfig is not in service")
        @Nullable String problem,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonPropertyDescription(
            "Connections and flows that were cut because their target or listener left, since this"
                + " revision is in service")
        long connectionsReset,
    @JsonPropertyDescription(
            "When this revision came into service with all its listeners, by the clock of the"
                + " replica; absent: it has not yet")
        @Nullable String servingSince,
    List<ListenerReport> listeners) {

  public DataplaneReportSpec {
    listeners = listeners == null ? List.of() : List.copyOf(listeners);
  }

  public DataplaneReportSpec withServingSince(String time) {
    return new DataplaneReportSpec(revision, phase, problem, connectionsReset, time, listeners);
  }

  /**
   * Whether the replica may be sent new connections. One that is draining still takes those who
   * come, for as long as they do not know better; one that is closed takes nobody new.
   */
  public enum Phase {
    @JsonProperty("Serving")
    SERVING,
    @JsonProperty("Draining")
    DRAINING,
    @JsonProperty("Closed")
    CLOSED
  }

  /** {@code problem} is a sentence that says why the listener is not bound; absent: it is bound. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ListenerReport(
      @JsonPropertyDescription("namespace/name of the Listener") @Required String name,
      @Required long activeConnections,
      @Nullable String problem) {}
}
