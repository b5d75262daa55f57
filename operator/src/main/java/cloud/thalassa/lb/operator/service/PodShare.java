package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.operator.compile.Digest;
import cloud.thalassa.lb.operator.front.Annotation;
import cloud.thalassa.lb.operator.front.Annotations;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.Remarks;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a Service that carry a label, and what they have together of its connections.
 *
 * @param weight of all weights
 */
record PodShare(String key, String value, int weight) {
  private static final int MOST = 16;
  private static final int MOST_OF_A_NAME = 63;
  private static final int DIGITS = 8;
  private static final Pattern SHARE =
      Pattern.compile(
          "((?:[a-z0-9][-a-z0-9.]{0,252}/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)"
              + "=((?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?):([0-9]{1,6})");

  /** Empty: every pod counts the same. */
  static List<PodShare> of(Service service, Annotations annotations, Remarks remarks) {
    var text = annotations.text(Annotation.TARGET_WEIGHTS);
    if (text == null) {
      return List.of();
    }
    var selector =
        Objects.requireNonNullElse(service.getSpec().getSelector(), Map.<String, String>of());
    var shares = new ArrayList<PodShare>();
    for (var part : text.split(",", -1)) {
      var share = parse(part.strip());
      if (share == null) {
        return unclear(
            remarks, "\"%s\" must be a label and a weight, as in version=v2:10".formatted(part));
      }
      if (!selector.getOrDefault(share.key, share.value).equals(share.value)) {
        return unclear(
            remarks,
            "%s=%s is on no pod of this Service, which selects %s=%s"
                .formatted(share.key, share.value, share.key, selector.get(share.key)));
      }
      if (shares.stream().anyMatch(share::isOfTheSamePods)) {
        return unclear(remarks, "%s=%s stands there twice".formatted(share.key, share.value));
      }
      shares.add(share);
    }
    if (shares.size() > MOST) {
      return unclear(remarks, "%d labels are more than %d".formatted(shares.size(), MOST));
    }
    return shares.stream().allMatch(share -> share.weight == 0)
        ? unclear(remarks, "\"%s\" has no weight above 0".formatted(text))
        : List.copyOf(shares);
  }

  private static @Nullable PodShare parse(String text) {
    var share = SHARE.matcher(text);
    return share.matches()
        ? new PodShare(share.group(1), share.group(2), Integer.parseInt(share.group(3)))
        : null;
  }

  private static List<PodShare> unclear(Remarks remarks, String problem) {
    remarks.unclear(
        Annotation.TARGET_WEIGHTS, "target-weights: " + problem, "every pod counts the same");
    return List.of();
  }

  private boolean isOfTheSamePods(PodShare other) {
    return key.equals(other.key) && value.equals(other.value);
  }

  /** Of those that the Service selects. */
  Map<String, String> within(Map<String, String> selector) {
    var narrowed = new TreeMap<>(selector);
    narrowed.put(key, value);
    return narrowed;
  }

  /** Of its target group, whatever the order of shares. */
  String nameWithin(String group) {
    return Names.shortened(group, MOST_OF_A_NAME - DIGITS - 1)
        + "-"
        + Digest.hex(key + "=" + value, DIGITS);
  }
}
