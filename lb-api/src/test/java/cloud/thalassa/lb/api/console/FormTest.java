package cloud.thalassa.lb.api.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.api.translate.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormTest {
  @Test
  void fieldsAreReadAsTheyWereWritten() {
    var form =
        Form.parse(
            "name=a+b%26c&labels=team%3Dweb%0D%0Astage%3D%0D%0A&group=1&group=2&empty=&sources=10.0.0.0%2F8%2C+::1%0A");
    assertThat(form.text("name")).isEqualTo("a b&c");
    assertThat(form.pairs("labels")).isEqualTo(Map.of("team", "web", "stage", ""));
    assertThat(form.all("group")).containsExactly("1", "2");
    assertThat(form.textOrNull("empty")).isNull();
    assertThat(form.number("missing")).isNull();
    assertThat(form.lines("sources")).containsExactly("10.0.0.0/8", "::1");
    assertThat(Form.text(form.pairs("labels"))).isEqualTo("team=web\nstage=\n");
  }

  @Test
  void whatIsNoneNamesItsField() {
    var form = Form.parse("port=eighty&labels=alone&large=99999999999");
    assertThatThrownBy(() -> form.integer("port")).hasMessage("port: must be a whole number");
    assertThatThrownBy(() -> form.pairs("labels"))
        .hasMessage("labels: write one key=value on each line");
    assertThat(form.integer("large")).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> Form.parse("bad=%zz")).isInstanceOf(Refusal.class);
    assertThat(Form.parse("").fields()).isEmpty();
    assertThat(Form.empty().with("a", List.of("x", "y")).all("a")).containsExactly("x", "y");
  }
}
