package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.kubectl.diff.Differences.Balancer;
import cloud.thalassa.lb.kubectl.diff.Differences.Door;
import cloud.thalassa.lb.kubectl.diff.Differences.Group;
import cloud.thalassa.lb.kubectl.diff.Differences.Refused;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What would change, for people. */
public final class DiffText {
  private static final int FEW = 8;
  private static final int ALL = Integer.MAX_VALUE;

  private final StringBuilder text = new StringBuilder();
  private final int most;

  private DiffText(boolean wide) {
    this.most = wide ? ALL : FEW;
  }

  /**
   * One load balancer after the other, and what would be refused.
   *
   * @param wide lists to their end
   */
  public static String of(Differences differences, boolean wide) {
    var text = new DiffText(wide);
    differences.loadBalancers().forEach(text::balancer);
    text.refused(differences.refused());
    if (differences.nothing()) {
      text.line("", "Nothing would change.");
    }
    differences.notes().forEach(it -> text.line("", "Note: " + it));
    return text.text.toString();
  }

  private void balancer(Balancer it) {
    line("", "LoadBalancer %s would be %s:".formatted(it.name(), word(it.action())));
    fields("  ", it.fields());
    it.listeners().forEach(this::door);
    it.targetGroups().forEach(this::group);
    text.append('\n');
  }

  private void door(Door it) {
    switch (it.action()) {
      case BOUND -> line("  + ", "listener %s is bound: %s".formatted(it.name(), it.ports()));
      case DRAINED ->
          line("  - ", "listener %s is drained: %s%s".formatted(it.name(), it.ports(), drain(it)));
      case MOVED ->
          line(
              "  ~ ",
              "listener %s moves: %s is drained%s, %s is bound"
                  .formatted(it.name(), it.left(), drain(it), it.ports()));
      default -> line("  ~ ", "listener %s changes: %s".formatted(it.name(), it.ports()));
    }
    fields("      ", it.fields());
    access("      clients that lose access: ", it.loses(), it.but());
    access("      clients that gain access: ", it.gains(), it.but());
    if (it.movedPercent() != null) {
      line(
          "      ",
          String.format(
              Locale.ROOT,
              "clients that get another target: %.1f %% (of %,d tried)",
              it.movedPercent(),
              Access.TRIED));
    }
  }

  private void access(String head, List<String> clients, @Nullable List<String> but) {
    if (but != null && !clients.isEmpty() && but.size() < clients.size()) {
      list(head + "all but ", but);
    } else {
      list(head, clients);
    }
  }

  private static String drain(Door it) {
    return it.drainSeconds() == null
        ? ""
        : " (its connections have %d s to end)".formatted(it.drainSeconds());
  }

  private void group(Group it) {
    var sign =
        switch (it.action()) {
          case ADDED -> "  + ";
          case REMOVED -> "  - ";
          default -> "  ~ ";
        };
    var verb =
        switch (it.action()) {
          case ADDED -> "is used";
          case REMOVED -> "is used no more";
          default -> "changes";
        };
    line(sign, "target group %s %s".formatted(it.name(), verb));
    fields("      ", it.fields());
    list("      joins: ", it.joins());
    list("      leaves: ", it.leaves());
  }

  private void refused(List<Refused> refused) {
    if (refused.isEmpty()) {
      return;
    }
    line("", "Refused:");
    for (var it : refused) {
      var where = it.where() == null ? "" : it.where() + ": ";
      line("  ! ", where + it.object() + ": " + it.why());
    }
  }

  private void fields(String indent, List<String> fields) {
    fields.forEach(it -> line(indent, it));
  }

  private void list(String head, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    var shown = String.join(", ", values.subList(0, Math.min(most, values.size())));
    int rest = values.size() - most;
    line(head, rest > 0 ? shown + " and %d more (-o wide)".formatted(rest) : shown);
  }

  private void line(String indent, String words) {
    text.append(indent).append(words.replaceAll("\\p{Cntrl}+", " ")).append('\n');
  }

  private static String word(Differences.Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
