package cloud.thalassa.lb.kubectl.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields in which two values differ, in words. */
final class Fields {
  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();
  private static final int LONGEST = 160;

  private Fields() {}

  /**
   * @param without fields that somebody else speaks of
   */
  static List<String> between(Object before, Object after, Set<String> without) {
    var was = fields(before);
    var is = fields(after);
    var names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    names.removeAll(without);
    var differences = new ArrayList<String>();
    for (var name : names) {
      if (!Objects.equals(was.get(name), is.get(name))) {
        differences.add(name + ": " + text(was.get(name)) + " -> " + text(is.get(name)));
      }
    }
    return differences;
  }

  private static Map<String, Object> fields(Object value) {
    return new TreeMap<>(JSON.convertValue(value, new TypeReference<Map<String, Object>>() {}));
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "none";
    }
    try {
      var text = value instanceof String word ? word : JSON.writeValueAsString(value);
      return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read from JSON can be written as JSON", e);
    }
  }
}
