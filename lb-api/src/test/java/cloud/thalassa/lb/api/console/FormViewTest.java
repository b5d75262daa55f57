package cloud.thalassa.lb.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.api.console.FormView.Section;
import cloud.thalassa.lb.api.rest.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormViewTest {
  private static final FormView FORM =
      FormView.of(
          "/a",
          "/b",
          "Save",
          "",
          List.of(
              new Section(
                  "S",
                  "",
                  List.of(
                      Field.text("name", "Name", Form.empty()),
                      Field.number("healthCheck.port", "Port", Form.empty())))));

  private static List<String> errors(FormView form) {
    return form.sections().getFirst().fields().stream().map(Field::error).toList();
  }

  @Test
  void aSentenceStandsBesideTheFieldThatItNames() {
    var form = FORM.with(new Problem(400, "healthCheck.port: 70000 is not within 0..65535"));
    assertThat(errors(form)).containsExactly("", "70000 is not within 0..65535");
    assertThat(form.problem()).isEmpty();
  }

  @Test
  void anEntryOfAListIsItsField() {
    assertThat(errors(FORM.with(new Problem(400, "name[3]: is wrong"))))
        .containsExactly("is wrong", "");
  }

  @Test
  void otherSentencesStandAboveTheForm() {
    for (var sentence : List.of("it was deleted meanwhile", "quota: no more of them")) {
      assertThat(FORM.with(new Problem(409, sentence)).problem()).isEqualTo(sentence);
    }
  }

  @Test
  void whatIsNotFilledInYetIsNoMistakeWhileSomebodyTypes() {
    var form = FORM.checked(new Problem(400, "name: is required"));
    assertThat(form.missing()).isEqualTo("Name");
    assertThat(errors(form)).containsExactly("", "");
    assertThat(errors(FORM.with(new Problem(400, "name: is required"))))
        .containsExactly("is required", "");
  }
}
