package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Selector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How pods and the groups that select them find each other: a group lies under one label that it
 * requires (its pivot), a pod under each of its labels. Keys hold the namespace.
 */
final class PodLabels {
  /** Different for almost every pod: an index of them would be as large as the pods. */
  private static final Set<String> NOT_INDEXED =
      Set.of(
          "pod-template-hash",
          "controller-revision-hash",
          "statefulset.kubernetes.io/pod-name",
          "batch.kubernetes.io/controller-uid",
          "controller-uid",
          "job-name",
          "batch.kubernetes.io/job-name");

  private PodLabels() {}

  static Map<String, String> of(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /** Where a pod is found. */
  static List<String> keys(Pod pod) {
    var namespace = pod.getMetadata().getNamespace();
    return of(pod).entrySet().stream()
        .filter(label -> !NOT_INDEXED.contains(label.getKey()))
        .map(label -> key(namespace, label.getKey(), label.getValue()))
        .toList();
  }

  /** Where the groups may lie that select the pod. */
  static List<String> lookups(Pod pod) {
    return Stream.concat(keys(pod).stream(), Stream.of(anywhere(pod.getMetadata().getNamespace())))
        .toList();
  }

  /** Where a group lies; nowhere without a selector. */
  static Optional<String> lies(TargetGroup group) {
    return group.getSpec() == null || group.getSpec().selector() == null
        ? Optional.empty()
        : Optional.of(pivot(group).orElse(anywhere(group.getMetadata().getNamespace())));
  }

  /** Where the pods of a group are found; empty: only by looking at all of its namespace. */
  static Optional<String> pivot(TargetGroup group) {
    var selector = group.getSpec() == null ? null : group.getSpec().selector();
    return Optional.ofNullable(selector == null ? null : Selector.pivot(selector))
        .filter(label -> !NOT_INDEXED.contains(label.getKey()))
        .map(label -> key(group.getMetadata().getNamespace(), label.getKey(), label.getValue()));
  }

  private static String key(String namespace, String label, String value) {
    return namespace + "/" + label + "=" + value;
  }

  private static String anywhere(String namespace) {
    return namespace + "/*";
  }
}
