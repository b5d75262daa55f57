package cloud.thalassa.lb.healthchecker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final HttpAnswer answer = new HttpAnswer();

  @Test
  void readsOneAfterAnother() {
    assertThat(read(OK)).isEqualTo(200);
    assertThat(read("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\nA: b\r\n\r\nno"))
        .isEqualTo(503);
    assertThat(read(OK)).isEqualTo(200);
  }

  @Test
  void readsByteByByte() {
    for (var part : OK.substring(0, OK.length() - 1).split("")) {
      assertThat(read(part)).isEqualTo(HttpAnswer.INCOMPLETE);
    }
    assertThat(read("\n")).isEqualTo(200);
  }

  @Test
  void waitsForTheBody() {
    assertThat(read("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab"))
        .isEqualTo(HttpAnswer.INCOMPLETE);
    assertThat(read("cde")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nmore",
        "HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n"
      })
  void refusesWhatIsNoAnswer(String bytes) {
    assertThat(read(bytes)).isEqualTo(HttpAnswer.MALFORMED);
  }

  @Test
  void doesNotReadForEver() {
    assertThat(read("HTTP/1.1 200 OK\r\n" + "x".repeat(HttpAnswer.LONGEST_HEAD)))
        .isEqualTo(HttpAnswer.MALFORMED);
  }

  private int read(String bytes) {
    return answer.read(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
