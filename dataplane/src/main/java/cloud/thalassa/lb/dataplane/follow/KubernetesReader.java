package cloud.thalassa.lb.dataplane.follow;

import static cloud.thalassa.lb.crds.ForwardingConfigSpec.FORMAT_VERSION;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.dataplane.table.Documents;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads untyped documents, each version of one once. One thread. */
final class KubernetesReader {
  private static final Logger log = Logger.getLogger(KubernetesReader.class);

  private final KubernetesSerialization serialization;
  private Map<String, Reading> before = Map.of();

  KubernetesReader(KubernetesSerialization serialization) {
    this.serialization = serialization;
  }

  Documents read(
      List<GenericKubernetesResource> configs,
      List<EndpointSlice> slices,
      List<GenericKubernetesResource> reports) {
    var now = new HashMap<String, Reading>();
    var goodConfigs = new ArrayList<ForwardingConfig>();
    var unreadable = new HashMap<String, String>();
    for (var raw : configs) {
      var reading = reading(raw, ForwardingConfig.class, now);
      if (reading.problem() != null) {
        unreadable.put(
            raw.getMetadata().getNamespace() + "/" + raw.getMetadata().getName(),
            "the newest ForwardingConfig is not used: " + reading.problem());
      } else if (reading.good() instanceof ForwardingConfig config) {
        goodConfigs.add(config);
      }
    }
    var goodReports = new ArrayList<HealthReport>();
    for (var raw : reports) {
      if (reading(raw, HealthReport.class, now).good() instanceof HealthReport report) {
        goodReports.add(report);
      }
    }
    before = now;
    return new Documents(goodConfigs, slices, goodReports, unreadable);
  }

  private Reading reading(
      GenericKubernetesResource raw, Class<? extends HasMetadata> type, Map<String, Reading> now) {
    var key = type.getSimpleName() + " " + raw.getMetadata().getName();
    var last = before.get(key);
    var version = String.valueOf(raw.getMetadata().getResourceVersion());
    var reading =
        last != null && last.version().equals(version) ? last : read(raw, type, version, key, last);
    now.put(key, reading);
    return reading;
  }

  private Reading read(
      GenericKubernetesResource raw,
      Class<? extends HasMetadata> type,
      String version,
      String key,
      @Nullable Reading last) {
    try {
      return new Reading(version, serialization.convertValue(raw, type), null);
    } catch (IllegalArgumentException e) {
      var newer = newerFormat(raw);
      var problem = newer == null ? "it cannot be read: " + Sentence.of(e) : newer;
      log.warnf("%s is left out, its last content counts: %s", key, problem);
      return new Reading(version, last == null ? null : last.good(), problem);
    }
  }

  /** Why it cannot be read, if that is the reason: better than a parser's words. */
  private static @Nullable String newerFormat(GenericKubernetesResource raw) {
    return raw.get("spec", "formatVersion") instanceof Number format
            && format.intValue() != FORMAT_VERSION
        ? "it has format version " + format + "; this dataplane reads " + FORMAT_VERSION
        : null;
  }

  private record Reading(String version, @Nullable HasMetadata good, @Nullable String problem) {}
}
