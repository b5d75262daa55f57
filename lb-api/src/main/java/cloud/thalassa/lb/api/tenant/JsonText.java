package cloud.thalassa.lb.api.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.AttributeConverter;
import java.util.Map;

/** Labels and annotations, as JSON in a column. */
class JsonText implements AttributeConverter<Map<String, String>, String> {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(Map<String, String> texts) {
    try {
      return MAPPER.writeValueAsString(texts);
    } catch (JsonProcessingException onlyTexts) {
      throw new AssertionError(onlyTexts);
    }
  }

  @Override
  public Map<String, String> convertToEntityAttribute(String column) {
    try {
      return MAPPER.readValue(column, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("labels or annotations of a project are no JSON", e);
    }
  }
}
