package cloud.thalassa.lb.crds.replica;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one replica would do now with a connection, by the very table that it serves with. Names are
 * {@code namespace/name}.
 *
 * @param summary all of it in one sentence
 * @param listener that takes it; null: none does
 * @param revision of the configuration in service
 * @param admitted whether it would be let in
 * @param checks in the order in which they are made, up to the one that refuses it
 * @param target that it would get, {@code address:port}, where the policy leaves nothing to chance
 *     or to what others do
 * @param targets all of the target groups, those included that it cannot get
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Explanation(
    String from,
    String to,
    Protocol protocol,
    String summary,
    @Nullable String loadBalancer,
    @Nullable String listener,
    @Nullable String revision,
    boolean admitted,
    List<Check> checks,
    List<Group> targetGroups,
    @Nullable String target,
    List<Candidate> targets) {

  public Explanation {
    checks = checks == null ? List.of() : List.copyOf(checks);
    targetGroups = targetGroups == null ? List.of() : List.copyOf(targetGroups);
    targets = targets == null ? List.of() : List.copyOf(targets);
  }

  /** The same without the targets of other groups: for whom they are none of his business. */
  public Explanation about(Set<String> groups) {
    var known = targets.stream().filter(it -> groups.contains(it.targetGroup())).toList();
    return new Explanation(
        from,
        to,
        protocol,
        summary,
        loadBalancer,
        listener,
        revision,
        admitted,
        checks,
        targetGroups,
        known.stream().anyMatch(it -> it.address().equals(target)) ? target : null,
        known);
  }

  /**
   * A target group that shares the connections of the listener.
   *
   * @param percent of the connections, by its weight; rounded
   */
  public record Group(String name, SelectionPolicy policy, int percent) {}

  /**
   * One rule that was asked.
   *
   * @param name the field of the listener, or {@code securityGroup/rule}
   * @param why the verdict, as a sentence
   */
  public record Check(String name, Verdict verdict, String why) {}

  /** What a rule says. */
  public enum Verdict {
    @JsonProperty("Allow")
    ALLOW,
    @JsonProperty("Deny")
    DENY,
    /** It is about others: the next one is asked. */
    @JsonProperty("NoMatch")
    NO_MATCH
  }

  /**
   * A target of the group.
   *
   * @param address {@code address:port}, where this connection would go
   * @param candidate whether it can get this connection
   * @param connections live ones of this replica
   * @param health null: no health checker is asked
   * @param since when its health became what it is, RFC 3339
   * @param why it is a candidate, or is none, as a sentence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Candidate(
      String targetGroup,
      String address,
      boolean candidate,
      int weight,
      int connections,
      @Nullable HealthState health,
      @Nullable String since,
      String why) {}
}
