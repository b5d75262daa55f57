package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Names the content of a forwarding document, so that a replica can say what it serves. */
final class Revision {
  private static final int HEX_DIGITS = 12;

  private static final ObjectMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Revision() {}

  /** The same spec with its revision, which depends on everything else in it. */
  static ForwardingConfigSpec stamp(ForwardingConfigSpec spec) {
    return with(of(with("", spec)), spec);
  }

  private static ForwardingConfigSpec with(String revision, ForwardingConfigSpec spec) {
    return new ForwardingConfigSpec(
        spec.formatVersion(),
        revision,
        spec.addresses(),
        spec.listeners(),
        spec.pools(),
        spec.securityRules());
  }

  private static String of(ForwardingConfigSpec bare) {
    try {
      return Digest.hex(CANONICAL.writeValueAsString(bare), HEX_DIGITS);
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of strings and numbers are always JSON", e);
    }
  }
}
