package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.wire.ExplanationView;
import cloud.thalassa.lb.crds.replica.Explanation;
import java.util.List;

/**
 * What would become of a connection.
 *
 * @param problem why there is no answer, or empty; then nothing else means anything
 */
public record Answer(
    String problem,
    String summary,
    State verdict,
    String replica,
    List<Step> checks,
    List<Target> targets) {

  /** A rule that was asked. */
  public record Step(State verdict, String name, String why) {}

  public record Target(String address, String group, boolean chosen, State candidate, String why) {}

  static Answer none(String problem) {
    return new Answer(problem, "", new State("", "off"), "", List.of(), List.of());
  }

  static Answer of(ExplanationView view) {
    var it = view.explanation();
    return new Answer(
        "",
        it.summary(),
        it.admitted() ? new State("Let in", "good") : new State("Refused", "bad"),
        view.replica(),
        it.checks().stream().map(c -> new Step(verdict(c.verdict()), c.name(), c.why())).toList(),
        it.targets().stream().map(c -> target(c, it)).toList());
  }

  private static Target target(Explanation.Candidate it, Explanation of) {
    return new Target(
        it.address(),
        it.targetGroup().substring(it.targetGroup().indexOf('/') + 1),
        it.address().equals(of.target()),
        it.candidate() ? new State("Candidate", "good") : new State("No candidate", "off"),
        it.why());
  }

  private static State verdict(Explanation.Verdict verdict) {
    return switch (verdict) {
      case ALLOW -> new State("Allows", "good");
      case DENY -> new State("Refuses", "bad");
      case NO_MATCH -> new State("No match", "off");
    };
  }
}
