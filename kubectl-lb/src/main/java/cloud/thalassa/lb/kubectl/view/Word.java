package cloud.thalassa.lb.kubectl.view;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Enums as their objects spell them. */
public final class Word {
  private Word() {}

  public static String of(Enum<?> value) {
    try {
      var spelling =
          value.getDeclaringClass().getField(value.name()).getAnnotation(JsonProperty.class);
      return spelling == null ? value.name() : spelling.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every constant is a field", e);
    }
  }
}
