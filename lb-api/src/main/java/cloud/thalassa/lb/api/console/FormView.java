package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.Problem;
import java.util.List;

/**
 * A form as a page shows it.
 *
 * @param action where it is sent to; with {@code /check} behind it, to be tried
 * @param back where to go without it
 * @param version of the object that is changed; empty: a new one
 * @param problem that is no field's, or empty
 * @param missing what a live check does not call wrong yet, or empty
 * @param yaml what would be applied; empty: it cannot be said yet
 */
public record FormView(
    String action,
    String back,
    String submit,
    String version,
    List<Section> sections,
    String problem,
    String missing,
    String yaml) {

  /** Fields that belong together. */
  public record Section(String title, String about, List<Field> fields) {}

  static FormView of(
      String action, String back, String submit, String version, List<Section> sections) {
    return new FormView(action, back, submit, version, sections, "", "", "");
  }

  FormView with(String yaml) {
    return new FormView(action, back, submit, version, sections, problem, missing, yaml);
  }

  /** With the sentence beside the field that it begins with, if there is one of that name. */
  FormView with(Problem problem) {
    var sentence = problem.message();
    int colon = sentence.indexOf(": ");
    var field = colon < 0 ? null : sentence.substring(0, colon).replaceFirst("\\[.*", "");
    boolean known =
        sections.stream().flatMap(it -> it.fields.stream()).anyMatch(it -> it.name().equals(field));
    if (!known) {
      return new FormView(action, back, submit, version, sections, sentence, "", "");
    }
    var words = sentence.substring(colon + 2);
    var marked =
        sections.stream()
            .map(
                it ->
                    new Section(
                        it.title, it.about, marked(it.fields, String.valueOf(field), words)))
            .toList();
    return new FormView(action, back, submit, version, marked, "", "", "");
  }

  /** What is only not filled in yet is no mistake while somebody types. */
  FormView checked(Problem problem) {
    return problem.message().endsWith(": is required")
        ? new FormView(action, back, submit, version, sections, "", label(problem), "")
        : with(problem);
  }

  private String label(Problem problem) {
    var name = problem.message().substring(0, problem.message().indexOf(": "));
    return sections.stream()
        .flatMap(it -> it.fields.stream())
        .filter(it -> it.name().equals(name))
        .map(Field::label)
        .findFirst()
        .orElse(name);
  }

  private static List<Field> marked(List<Field> fields, String name, String words) {
    return fields.stream().map(it -> it.name().equals(name) ? it.wrong(words) : it).toList();
  }
}
