package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Refusal;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. */
final class Body {
  private Body() {}

  static <T> T required(@Nullable T body) {
    return given("the body", body, "is required, and must be an object");
  }

  static <T> T given(String field, @Nullable T value) {
    return given(field, value, "is required");
  }

  private static <T> T given(String field, @Nullable T value, String sentence) {
    if (value == null) {
      throw Refusal.invalid(field, sentence);
    }
    return value;
  }
}
