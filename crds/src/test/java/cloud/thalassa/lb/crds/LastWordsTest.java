package cloud.thalassa.lb.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  @Test
  void areThoseOfTheFirstCauseOnOneLine() {
    var failure = new RuntimeException("it", new IOException("the file\n  is not there "));

    assertThat(LastWords.of(failure)).isEqualTo("the file is not there");
    assertThat(LastWords.of(new RuntimeException("it", new IOException())))
        .isEqualTo("java.io.IOException");
  }

  @Test
  void areThoseOfALaterCauseThatSaysMore() {
    var later = new UncheckedIOException("nobody listens on db:5432", new IOException("refused"));
    var failure = new RuntimeException("it", later);

    assertThat(LastWords.of(failure, UncheckedIOException.class::isInstance))
        .isEqualTo("nobody listens on db:5432");
  }

  @Test
  void haveNoToken() {
    var failure =
        new IllegalArgumentException(
            "a header value must not end with '\\r' or '\\n':Bearer eyJhbGciOi.J9\n");

    assertThat(LastWords.of(failure))
        .isEqualTo("a header value must not end with '\\r' or '\\n':Bearer ...");
  }
}
