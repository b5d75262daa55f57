package cloud.thalassa.lb.kubectl.explain;

import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Explanation.Verdict;
import cloud.thalassa.lb.kubectl.text.Ago;
import cloud.thalassa.lb.kubectl.text.Table;
import cloud.thalassa.lb.kubectl.view.Word;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a replica said, for people. */
public final class ExplainText {
  private static final String INDENT = "  ";

  private ExplainText() {}

  public static String of(Explained explained, Instant now) {
    var it = explained.explanation();
    var text = new StringBuilder();
    line(text, "Connection", "%s to %s/%s".formatted(it.from(), it.to(), it.protocol()));
    line(
        text,
        "Asked",
        "replica "
            + explained.replica()
            + (it.revision() == null ? "" : ", which serves revision " + it.revision()));
    line(text, "Listener", orNone(it.listener()));
    line(text, "Verdict", (it.admitted() ? "admitted: " : "refused: ") + it.summary());
    line(text, "Target", target(it));
    rules(text, it);
    groups(text, it);
    targets(text, it, now);
    return text.toString();
  }

  private static String target(Explanation it) {
    if (it.target() != null) {
      return it.target();
    }
    return it.admitted() && it.targets().stream().anyMatch(Explanation.Candidate::candidate)
        ? "one of the candidates: the policy leaves it open"
        : "none";
  }

  private static void rules(StringBuilder text, Explanation it) {
    if (it.checks().isEmpty()) {
      text.append(it.listener() == null ? "" : "\nRules: none restricts this listener\n");
      return;
    }
    var table = new Table("RULE", "VERDICT", "WHY");
    it.checks().forEach(check -> table.row(check.name(), verdict(check.verdict()), check.why()));
    section(text, "Rules, in the order in which they are asked:", table);
  }

  private static String verdict(Verdict verdict) {
    return verdict == Verdict.NO_MATCH ? "no match" : Word.of(verdict).toLowerCase(Locale.ROOT);
  }

  private static void groups(StringBuilder text, Explanation it) {
    if (it.targetGroups().isEmpty()) {
      return;
    }
    var table = new Table("TARGET GROUP", "POLICY", "SHARE");
    it.targetGroups()
        .forEach(group -> table.row(group.name(), Word.of(group.policy()), group.percent() + " %"));
    section(text, "Target groups:", table);
  }

  private static void targets(StringBuilder text, Explanation it, Instant now) {
    if (it.targets().isEmpty()) {
      return;
    }
    var table =
        new Table(
            "TARGET", "GROUP", "CANDIDATE", "WEIGHT", "CONNECTIONS", "HEALTH", "SINCE", "WHY");
    it.targets()
        .forEach(
            target ->
                table.row(
                    target.address() + (target.address().equals(it.target()) ? " *" : ""),
                    target.targetGroup(),
                    target.candidate() ? "yes" : "no",
                    target.weight(),
                    target.connections(),
                    target.health() == null ? "-" : Word.of(target.health()),
                    Ago.of(target.since(), now),
                    target.why()));
    section(
        text, it.target() == null ? "Targets:" : "Targets (* is the one of this client):", table);
  }

  private static void section(StringBuilder text, String head, Table table) {
    text.append('\n').append(head).append('\n').append(table.text(INDENT));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-13s%s\n".formatted(name + ":", value));
  }

  private static String orNone(@Nullable String text) {
    return text == null ? "none" : text;
  }
}
