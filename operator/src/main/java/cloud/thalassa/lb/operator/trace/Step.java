package cloud.thalassa.lb.operator.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A part of a change, with its parts. */
record Step(
    String name, Instant start, Instant end, Map<String, String> attributes, List<Step> parts) {

  Step {
    end = end.isBefore(start) ? start : end; // clocks of two machines may differ
    attributes = Map.copyOf(attributes);
    parts = List.copyOf(parts);
  }

  static Step of(String name, Instant start, Instant end) {
    return new Step(name, start, end, Map.of(), List.of());
  }

  /** From the first of its parts to the last one. */
  static Step around(String name, List<Step> parts) {
    return new Step(name, parts.getFirst().start(), parts.getLast().end(), Map.of(), parts);
  }
}
