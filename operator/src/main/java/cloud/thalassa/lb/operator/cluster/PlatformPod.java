package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.StartupException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;

/** Reads THALASSA_DATAPLANE_POD, which a platform's administrator wrote. */
final class PlatformPod {
  private static final String VARIABLE = "THALASSA_DATAPLANE_POD";
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlatformPod() {}

  /** Throws a {@link StartupException} that says what is wrong with it. */
  static PodSpec parse(String json) {
    PodSpec pod;
    try {
      pod = JSON.readValue(json, PodSpec.class);
    } catch (JsonProcessingException e) {
      throw refused("it must be a part of a PodSpec as JSON, but " + e.getOriginalMessage());
    }
    if (pod == null) {
      throw refused("it must be a part of a PodSpec as JSON, such as {}");
    }
    var unknown = unknown(pod);
    if (!unknown.isEmpty()) {
      throw refused("a PodSpec has no " + String.join(", ", unknown));
    }
    for (var container : pod.getContainers()) {
      if (!"dataplane".equals(container.getName())) {
        throw refused("its only container is dataplane, not " + container.getName());
      }
    }
    return pod;
  }

  private static List<String> unknown(PodSpec pod) {
    var unknown = new ArrayList<>(pod.getAdditionalProperties().keySet());
    pod.getTolerations().forEach(it -> unknown.addAll(it.getAdditionalProperties().keySet()));
    pod.getContainers().forEach(it -> unknown.addAll(it.getAdditionalProperties().keySet()));
    return unknown;
  }

  private static StartupException refused(String why) {
    return new StartupException(VARIABLE + " is of no use: " + why);
  }
}
