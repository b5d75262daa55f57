package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a cluster has room for a forwarding document, which is one object of its store. */
final class DocumentSize {
  /** etcd takes 1.5 MiB; the rest is for what the API server adds. */
  static final int MOST_BYTES = 1_500_000;

  private static final String REMEDY =
      "What was written before stays in service until you use fewer rules, fewer and wider networks,"
          + " or several load balancers.";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private DocumentSize() {}

  /** What is too much of what, and what helps; null: it fits. */
  static @Nullable Problem excess(ForwardingConfig config) {
    int bytes = bytes(config.getSpec());
    return bytes <= MOST_BYTES
        ? null
        : problem(
            Reason.LIMIT_EXCEEDED,
            "%s, and one object of a cluster at most %s. %s"
                .formatted(whatIsIn(config, bytes), grouped(MOST_BYTES), REMEDY));
  }

  /** The same of a document that the API server did not take, in these words. */
  static Problem refusal(ForwardingConfig config, String words) {
    return problem(
        Reason.DOCUMENT_REFUSED,
        "%s, and the API server does not take it: %s. %s"
            .formatted(whatIsIn(config, bytes(config.getSpec())), words, REMEDY));
  }

  private static Problem problem(Reason reason, String sentence) {
    return new Problem(ConditionType.PROGRAMMED, reason, sentence);
  }

  private static String whatIsIn(ForwardingConfig config, int bytes) {
    var spec = config.getSpec();
    var rules = spec.securityRules();
    return "The forwarding document has %s bytes: %s in %d rules of security groups, %s in %d listeners, %s in %d target groups"
        .formatted(
            grouped(bytes),
            grouped(rules == null ? 0 : bytes(rules)),
            rules == null ? 0 : rules.size(),
            grouped(bytes(spec.listeners())),
            spec.listeners().size(),
            grouped(bytes(spec.pools())),
            spec.pools().size());
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static int bytes(Object part) {
    try {
      return JSON.writeValueAsBytes(part).length;
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of strings and numbers are always JSON", e);
    }
  }
}
