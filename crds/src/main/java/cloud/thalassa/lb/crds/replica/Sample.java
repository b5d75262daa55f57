package cloud.thalassa.lb.crds.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One value of a meter. */
record Sample(String meter, Map<String, String> labels, double value) {
  private static final Pattern LINE =
      Pattern.compile("(thalassa_lb_[a-z0-9_]+)(?:\\{(.*)})? ([^ ]+)(?: [0-9]+)?");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  Sample {
    labels = Map.copyOf(labels);
  }

  /** Our meters of a text in the format of Prometheus; what is none is left out. */
  static List<Sample> parse(String text) {
    var samples = new ArrayList<Sample>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line -> {
              var value = number(line.group(3));
              if (Double.isFinite(value)) {
                samples.add(new Sample(line.group(1), labels(line.group(2)), value));
              }
            });
    return samples;
  }

  private static Map<String, String> labels(@Nullable String text) {
    var labels = new TreeMap<String, String>();
    var label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2).replaceAll("\\\\(.)", "$1"));
    }
    return labels;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
