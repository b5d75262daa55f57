package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Refusal;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. */
final class Body {
  private Body() {}

  static <T> T required(@Nullable T body) {
    if (body == null) {
      throw Refusal.invalid("the body", "is required, and must be an object");
    }
    return body;
  }
}
