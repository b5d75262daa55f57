package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of the objects that were desired for a load balancer.
 *
 * @param objects as they are now
 * @param refused what the API server says to those that it refuses, by kind
 */
record Applied(List<HasMetadata> objects, Map<String, String> refused) {

  <T> @Nullable T find(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }

  Applied plus(Applied other) {
    var all = new ArrayList<>(objects);
    all.addAll(other.objects);
    var words = new HashMap<>(refused);
    words.putAll(other.refused);
    return new Applied(all, words);
  }

  /**
   * Of what a user can ask for in a Service, only the addresses can be unacceptable, or too many.
   */
  @Nullable Problem addressProblem() {
    var words = refused.get("Service");
    return words == null
        ? null
        : new Problem(ConditionType.ACCEPTED, Reason.ADDRESS_NOT_AVAILABLE, words);
  }
}
