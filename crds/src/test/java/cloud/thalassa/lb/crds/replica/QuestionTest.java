package cloud.thalassa.lb.crds.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @Test
  void isReadFromAndWrittenAsParameters() {
    var question = Question.parse("203.0.113.7:4431", "[2001:db8::1]:443", "udp");
    assertThat(question.from().port()).isEqualTo(4431);
    assertThat(question.to().address().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(question.query())
        .isEqualTo("from=203.0.113.7%3A4431&to=%5B2001%3Adb8%3A%3A1%5D%3A443&protocol=UDP");
    assertThat(Question.parse("1.2.3.4:1", "1.2.3.4:2", null).protocol()).isEqualTo(Protocol.TCP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:80",
        "10.1:80",
        "010.0.0.1:80",
        "1.2.3.4",
        "1.2.3.4:0",
        "1.2.3.4:65536",
        "2001:db8::1:80",
        "[fe80::1%eth0]:80",
        "[]:80",
        "1.2.3.4:80 ",
        "[1.2.3.4:80"
      })
  void refusesWhatIsNoPlace(String text) {
    assertThatThrownBy(() -> Question.parse("1.2.3.4:1", text, "tcp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("to: must be an address and a port");
  }

  @Test
  void refusesOtherProtocols() {
    assertThatThrownBy(() -> Question.parse("1.2.3.4:1", "1.2.3.4:2", "sctp"))
        .hasMessage("protocol: must be tcp or udp");
  }
}
