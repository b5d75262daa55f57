package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.objects.Yaml;
import cloud.thalassa.lb.api.rest.Problem;
import cloud.thalassa.lb.api.rest.Visitor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What all forms do: show themselves, say what they would do, and do it. */
@ApplicationScoped
class Forms {
  private final Pages pages;
  private final Visitor visitor;

  Forms(Pages pages, Visitor visitor) {
    this.pages = pages;
    this.visitor = visitor;
  }

  Response show(String title, String section, FormView form) {
    return Pages.ok(Templates.form(pages.page(title, section), form));
  }

  /**
   * What is wrong, or what would be applied.
   *
   * @param decision the objects as they would be; nothing is written
   */
  Response check(FormView form, Supplier<List<? extends HasMetadata>> decision) {
    visitor.onlyLooks();
    try {
      return Pages.ok(Templates.formChecked(form.with(Yaml.of(decision.get()))));
    } catch (RuntimeException failure) {
      return Pages.ok(Templates.formChecked(form.checked(problem(failure))));
    }
  }

  /**
   * Does it, and goes on; or shows the form again with what is wrong.
   *
   * @param action gives the page to go on to
   */
  Response submit(String title, String section, FormView form, Supplier<String> action) {
    try {
      return Addresses.seeOther(action.get());
    } catch (RuntimeException failure) {
      var problem = problem(failure);
      return Pages.answer(
          problem.status(), Templates.form(pages.page(title, section), form.with(problem)));
    }
  }

  /** Asks before something is deleted. */
  Response ask(String title, String section, Confirmation question) {
    return Pages.ok(Templates.confirm(pages.page(title, section), question));
  }

  /**
   * Deletes it, and goes on; or asks again, with what is in the way. What is gone already is not
   * there to ask about.
   *
   * @param question with a problem
   */
  Response delete(
      String title,
      String section,
      Function<String, Confirmation> question,
      Runnable action,
      String next) {
    try {
      action.run();
      return Addresses.seeOther(next);
    } catch (RuntimeException failure) {
      var problem = Problem.of(failure).filter(it -> it.status() != 404).orElseThrow(() -> failure);
      return Pages.answer(
          problem.status(),
          Templates.confirm(pages.page(title, section), question.apply(problem.message())));
    }
  }

  private static Problem problem(RuntimeException failure) {
    return Problem.of(failure).orElseThrow(() -> failure);
  }
}
