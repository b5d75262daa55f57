package cloud.thalassa.lb.crds.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * An event as it travels. It may come more than once: source and number are the same then.
 *
 * @param source whoever saw it, a process from its start to its end
 * @param number among those of the source
 * @param at RFC 3339
 */
public record Told(String source, long number, String at, Event event) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written as JSON", e);
    }
  }

  /**
   * What {@link #json} wrote.
   *
   * @throws IllegalArgumentException it is none, with a sentence
   */
  public static Told parse(String json) {
    try {
      var told = JSON.readValue(json, Told.class);
      if (told == null || told.event == null || told.source == null || told.at == null) {
        throw new IllegalArgumentException("no event: a member is missing");
      }
      return told;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no event: " + e.getOriginalMessage(), e);
    }
  }
}
