package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.MachineView;
import cloud.thalassa.lb.api.wire.Ref;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Machines: the nodes of the cluster, which all VPCs share. */
public final class Machines {
  private static final Ref NODE = new Ref("node", "node", "node");

  private Machines() {}

  /**
   * A machine.
   *
   * @param vpc the one that the caller asks about; null: none
   */
  public static MachineView view(World world, Node node, @Nullable Namespace vpc) {
    var metadata = node.getMetadata();
    var name = metadata.getName();
    var ready = ready(node);
    var addresses =
        addresses(node).stream()
            .filter(it -> it.getType().endsWith("IP"))
            .map(NodeAddress::getAddress)
            .toList();
    var labels = metadata.getLabels() == null ? Map.<String, String>of() : metadata.getLabels();
    return new MachineView(
        new Head(
            Identity.of(node),
            name,
            name,
            "",
            metadata.getCreationTimestamp(),
            metadata.getCreationTimestamp(),
            null,
            Map.of(),
            Map.of()),
        vpc == null ? null : Vpcs.shallow(vpc),
        List.of(new MachineView.Interface("default", addresses)),
        world.region().slug(),
        labels.get("topology.kubernetes.io/zone"),
        NODE,
        new MachineView.Status(
            ready.isEmpty() ? "unknown" : "ready",
            ready.map(NodeCondition::getMessage).orElse(null),
            ready.map(NodeCondition::getLastTransitionTime).orElse(null)),
        "running");
  }

  static List<NodeAddress> addresses(Node node) {
    return node.getStatus() == null ? List.of() : node.getStatus().getAddresses();
  }

  private static Optional<NodeCondition> ready(Node node) {
    return node.getStatus() == null
        ? Optional.empty()
        : node.getStatus().getConditions().stream()
            .filter(it -> it.getType().equals("Ready"))
            .findFirst();
  }
}
