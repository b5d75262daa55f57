package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.AttachmentView;
import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.crds.TargetGroupSpec.Target;
import org.jspecify.annotations.Nullable;

/**
 * A target that was attached by name.
 *
 * @param server identity of the machine, or of the address where there is no machine
 * @param address where it was when it was attached
 * @param port null: the target group's
 */
record Attached(
    String server,
    String name,
    boolean machine,
    String address,
    @Nullable Integer port,
    @Nullable String createdAt) {

  /** An address that somebody wrote into the target group. */
  static Attached of(Target target) {
    var seed = target.address() + (target.port() == null ? "" : "/" + target.port());
    return new Attached(
        Identity.derived("endpoint", seed),
        target.address(),
        false,
        target.address(),
        target.port(),
        null);
  }

  /** The same machine, which was attached earlier. */
  Attached since(Attached earlier) {
    return new Attached(server, name, machine, address, port, earlier.createdAt);
  }

  boolean is(Target target) {
    return address.equals(target.address())
        && (port == null ? target.port() == null : port.equals(target.port()));
  }

  /** Of this target group: the same for the same machine, whenever it was attached. */
  String identity(String targetGroup) {
    return Identity.derived("tga", targetGroup + "/" + server);
  }

  AttachmentView view(String targetGroup) {
    var identity = identity(targetGroup);
    return machine
        ? new AttachmentView(identity, createdAt, new Ref(server, name, name), null)
        : new AttachmentView(
            identity,
            createdAt,
            null,
            new AttachmentView.Endpoint(
                server, name, address, Networks.ipv6(address) ? "IPv6" : "IPv4"));
  }
}
