package cloud.thalassa.lb.api.translate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON inside of annotations: the same text for the same content. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException ourOwnRecords) {
      throw new AssertionError(ourOwnRecords);
    }
  }

  /** Empty: there is none, or none that can be read, because somebody else wrote it. */
  static <T> Optional<T> read(@Nullable String text, Class<T> type) {
    try {
      return text == null ? Optional.empty() : Optional.ofNullable(MAPPER.readValue(text, type));
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException unreadable) {
      return Optional.empty();
    }
  }
}
