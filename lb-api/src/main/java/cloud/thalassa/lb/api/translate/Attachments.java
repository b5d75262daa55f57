package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.AttachRequest;
import cloud.thalassa.lb.api.wire.AttachmentView;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Machines in target groups. A machine is a node; its target is the node's internal address. */
public final class Attachments {
  private static final int MOST = 1000;

  private Attachments() {}

  static List<AttachmentView> views(TargetGroup group) {
    var identity = Identity.of(group);
    return TargetGroupLiteral.of(group).attachments().stream()
        .map(it -> it.view(identity))
        .toList();
  }

  /** The group with the machine; itself, if it has it already. */
  public static TargetGroup attach(
      World world, TargetGroup group, AttachRequest request, Instant now) {
    var asked = asked(request);
    if (asked == null) {
      throw Refusal.invalid("serverIdentity", "is required");
    }
    var before = TargetGroupLiteral.of(group).attachments();
    if (known(before, asked).isPresent()) {
      return group;
    }
    var machine =
        machine(world, asked, now)
            .orElseThrow(() -> Refusal.unknown("serverIdentity", "machine", asked));
    if (known(before, machine.server()).isPresent()) {
      return group;
    }
    var next = new ArrayList<>(before);
    next.add(machine);
    return with(group, next);
  }

  /** The attachment of what was asked for. */
  public static AttachmentView view(TargetGroup group, World world, AttachRequest request) {
    var asked = String.valueOf(asked(request));
    var server = world.findNode(asked).map(Identity::of).orElse(asked);
    return known(TargetGroupLiteral.of(group).attachments(), server)
        .map(it -> it.view(Identity.of(group)))
        .orElseThrow(() -> Refusal.notFound("attachment", asked));
  }

  /**
   * All of these and no others, in their order, machines with the address that they have now.
   * Machines that do not exist are left out.
   */
  public static TargetGroup replace(
      World world, TargetGroup group, @Nullable List<AttachRequest> requests, Instant now) {
    var before = TargetGroupLiteral.of(group).attachments();
    var next = new ArrayList<Attached>();
    for (var request : requests == null ? List.<AttachRequest>of() : requests) {
      var asked = request == null ? null : asked(request);
      if (asked != null) {
        machine(world, asked, now)
            .map(it -> known(before, it.server()).map(it::since).orElse(it))
            .or(() -> known(before, asked).filter(it -> !it.machine()))
            .filter(it -> known(next, it.server()).isEmpty())
            .ifPresent(next::add);
      }
    }
    return with(group, next);
  }

  /**
   * The group without it.
   *
   * @param name identity of the attachment, or of the machine
   */
  public static TargetGroup detach(TargetGroup group, String name) {
    var identity = Identity.of(group);
    var before = TargetGroupLiteral.of(group).attachments();
    var next =
        before.stream()
            .filter(it -> !it.server().equals(name) && !it.identity(identity).equals(name))
            .toList();
    if (next.size() == before.size()) {
      throw Refusal.notFound("attachment", name);
    }
    return with(group, next);
  }

  private static @Nullable String asked(AttachRequest request) {
    var server = request.serverIdentity();
    var endpoint = request.endpointIdentity();
    return server != null && !server.isBlank()
        ? server
        : endpoint != null && !endpoint.isBlank() ? endpoint : null;
  }

  private static Optional<Attached> known(List<Attached> attached, String server) {
    return attached.stream().filter(it -> it.server().equals(server)).findFirst();
  }

  private static Optional<Attached> machine(World world, String identity, Instant now) {
    return world
        .findNode(identity)
        .flatMap(
            node ->
                address(node)
                    .map(
                        address ->
                            new Attached(
                                Identity.of(node),
                                node.getMetadata().getName(),
                                true,
                                address,
                                null,
                                now.toString())));
  }

  private static Optional<String> address(Node node) {
    return Machines.addresses(node).stream()
        .filter(it -> it.getType().equals("InternalIP"))
        .map(NodeAddress::getAddress)
        .findFirst();
  }

  private static TargetGroup with(TargetGroup group, List<Attached> attached) {
    if (attached.size() > MOST) {
      throw Refusal.invalid("attachments", "at most %d are allowed".formatted(MOST));
    }
    var literal = TargetGroupLiteral.of(group).with(attached);
    var next = new TargetGroup();
    next.setMetadata(Heads.copy(group.getMetadata()));
    next.setSpec(literal.over(group.getSpec()));
    literal.note(next.getMetadata());
    return next;
  }
}
