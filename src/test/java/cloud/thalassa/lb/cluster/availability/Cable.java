package cloud.thalassa.lb.cluster.availability;

import cloud.thalassa.lb.cluster.Cluster;
import cloud.thalassa.lb.cluster.Place;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.regex.Pattern;

/** What connects a pod with its node: unplugged there, the pod itself keeps all its settings. */
final class Cable {
  private static final Pattern INSIDE = Pattern.compile("eth0@if(\\d+)");

  private final Place node;
  private final String name;

  Cable(Cluster cluster, Pod pod) {
    this.node = cluster.node(pod.getSpec().getNodeName()).place();
    var inside = cluster.process(pod).place().run("ip", "-o", "link", "show", "eth0");
    var number = INSIDE.matcher(inside);
    if (!number.find()) {
      throw new AssertionError("eth0 of a pod is expected to be one end of a pair: " + inside);
    }
    this.name = name(node.run("ip", "-o", "link"), number.group(1));
  }

  private static String name(String links, String number) {
    return links
        .lines()
        .filter(line -> line.startsWith(number + ": "))
        .map(line -> line.split("[ @:]+")[1])
        .findFirst()
        .orElseThrow();
  }

  void unplug() {
    node.run("ip", "link", "set", name, "down");
  }

  void plug() {
    node.run("ip", "link", "set", name, "up");
  }
}
