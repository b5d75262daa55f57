package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.Api;
import java.util.Map;
import java.util.TreeMap;

/** Of a slice's labels those that its report carries as well. */
final class OwnLabels {
  static Map<String, String> of(Map<String, String> labels) {
    var own = new TreeMap<>(labels);
    own.keySet().removeIf(name -> !name.startsWith(Api.GROUP + "/"));
    return own;
  }

  private OwnLabels() {}
}
