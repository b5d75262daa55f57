package cloud.thalassa.lb.api.console;

import java.util.List;

/**
 * A field of a form.
 *
 * @param name as in the body of REST
 * @param type {@code text}, {@code number}, {@code area}, {@code select}, {@code check} (one) or
 *     {@code checks} (several)
 * @param value what it holds
 * @param choices of {@code select} and {@code checks}
 * @param hint empty: none is needed
 * @param error empty: nothing is wrong
 * @param fixed it cannot be changed any more
 */
public record Field(
    String name,
    String type,
    String label,
    String value,
    List<Choice> choices,
    String hint,
    String error,
    boolean required,
    boolean fixed) {

  static Field text(String name, String label, Form form) {
    return new Field(name, "text", label, form.text(name), List.of(), "", "", false, false);
  }

  static Field number(String name, String label, Form form) {
    return text(name, label, form).as("number");
  }

  static Field area(String name, String label, Form form) {
    return text(name, label, form).as("area");
  }

  static Field check(String name, String label, Form form) {
    return text(name, label, form).as("check");
  }

  /** One of these; what is chosen already among them, or nothing. */
  static Field select(String name, String label, Form form, List<Choice> choices) {
    var chosen = form.text(name);
    return text(name, label, form)
        .as("select")
        .choosing(
            choices.stream()
                .map(it -> new Choice(it.value(), it.label(), it.value().equals(chosen)))
                .toList());
  }

  static Field checks(String name, String label, Form form, List<Choice> choices) {
    var chosen = form.all(name);
    return text(name, label, form)
        .as("checks")
        .choosing(
            choices.stream()
                .map(it -> new Choice(it.value(), it.label(), chosen.contains(it.value())))
                .toList());
  }

  private Field as(String type) {
    return new Field(name, type, label, value, choices, hint, error, required, fixed);
  }

  private Field choosing(List<Choice> choices) {
    return new Field(name, type, label, value, choices, hint, error, required, fixed);
  }

  Field hint(String hint) {
    return new Field(name, type, label, value, choices, hint, error, required, fixed);
  }

  /** Browsers insist on it. */
  Field needed() {
    return new Field(name, type, label, value, choices, hint, error, true, fixed);
  }

  /** Once the object is there. */
  Field fixed(boolean fixed) {
    return new Field(name, type, label, value, choices, hint, error, required, fixed);
  }

  Field wrong(String error) {
    return new Field(name, type, label, value, choices, hint, error, required, fixed);
  }
}
