package cloud.thalassa.lb.healthchecker.probe;

import java.util.List;

/**
 * Statuses such as {@code 200} and {@code 200-399}; none given: 200-399. What is neither matches
 * nothing.
 */
record ExpectedStatuses(List<String> ranges) {
  ExpectedStatuses {
    ranges = ranges.isEmpty() ? List.of("200-399") : List.copyOf(ranges);
  }

  boolean contain(int status) {
    var code = Integer.toString(status);
    return ranges.stream()
        .anyMatch(
            range ->
                switch (range.length()) {
                  case 3 -> range.equals(code);
                  case 7 ->
                      range.charAt(3) == '-'
                          && range.substring(0, 3).compareTo(code) <= 0
                          && code.compareTo(range.substring(4)) <= 0;
                  default -> false;
                });
  }

  @Override
  public String toString() {
    return String.join(", ", ranges);
  }
}
