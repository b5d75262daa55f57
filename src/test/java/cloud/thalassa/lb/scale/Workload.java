package cloud.thalassa.lb.scale;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One load balancer and what belongs to it: five listeners over two target groups of five pods.
 *
 * @param number unique among all of them
 */
record Workload(String namespace, int number) {
  static final int LISTENERS = 5;
  static final int GROUPS = 2;
  static final int PODS = 5;
  private static final int FIRST_PORT = 8001;

  String name() {
    return "lb-" + number;
  }

  private String group(int index) {
    return name() + "-g" + index;
  }

  List<String> groups() {
    return IntStream.range(0, GROUPS).mapToObj(this::group).toList();
  }

  List<TargetPod> pods() {
    return IntStream.range(0, GROUPS * PODS)
        .mapToObj(
            index ->
                new TargetPod(
                    namespace,
                    group(index / PODS) + "-p" + index % PODS,
                    group(index / PODS),
                    number * GROUPS * PODS + index))
        .toList();
  }

  /** The user's objects, as YAML. */
  String manifests() {
    var yaml = new StringBuilder();
    yaml.append(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: %s}
        spec: {scheme: Internal}
        """
            .formatted(name()));
    for (var group : groups()) {
      yaml.append(
          """
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: TargetGroup
          metadata: {name: %s}
          spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: %s}}}
          """
              .formatted(group, group));
    }
    for (var index = 0; index < LISTENERS; index++) {
      yaml.append(
          """
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: Listener
          metadata: {name: %s-l%d}
          spec:
            loadBalancerRef: {name: %s}
            protocol: TCP
            port: %d
            targetGroupRef: {name: %s}
          """
              .formatted(name(), index, name(), FIRST_PORT + index, group(index % GROUPS)));
    }
    return yaml.toString();
  }
}
