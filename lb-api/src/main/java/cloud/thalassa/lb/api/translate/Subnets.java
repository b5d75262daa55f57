package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.SubnetRequest;
import cloud.thalassa.lb.api.wire.SubnetView;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.SubnetSpec;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Subnets of a VPC: those of the platform that are open to it, and those that its tenant made. A
 * tenant gets no addresses of its choice: its subnet takes internal load balancers with addresses
 * of the cluster, and its CIDR is only remembered.
 */
public final class Subnets {
  private static final int LONGEST_NAME = 40;
  private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

  /** By it the cloud controller manager finds the subnet for load balancers that name none. */
  private static final String ROLE_LABEL = "kubernetes.io/role/lb";

  private Subnets() {}

  /** Of a Subnet that a tenant made. */
  private record Noted(String cidr, Map<String, String> labels) {
    static Optional<Noted> of(Subnet subnet) {
      return Json.read(Heads.annotation(subnet, Notes.LITERAL, "{}"), Noted.class)
          .filter(it -> it.cidr != null && it.labels != null);
    }
  }

  static boolean takesThoseThatNameNone(Subnet subnet) {
    return subnet.getSpec().byDefault() && subnet.getSpec().scheme() == Scheme.EXTERNAL;
  }

  public static SubnetView view(World world, Seat seat) {
    var subnet = seat.subnet();
    var cidr = subnet == null ? "" : cidr(subnet);
    var status = subnet == null ? null : subnet.getStatus();
    boolean v6 = Networks.ipv6(cidr);
    boolean v4 = cidr.contains(".") || !v6;
    long using = status == null || status.allocated() == null ? 0 : status.allocated();
    long available = status == null || status.available() == null ? 0 : status.available();
    return new SubnetView(
        head(seat),
        v4 && v6 ? "Dual" : v6 ? "IPv6" : "IPv4",
        Identity.of(seat.vpc()),
        Vpcs.ref(world, seat.vpc()),
        cidr,
        deleting(seat) ? "deleting" : "ready",
        v4 ? using : 0,
        v4 ? available : 0,
        v4 ? 0 : using,
        v4 ? 0 : available);
  }

  private static boolean deleting(Seat seat) {
    return seat.subnet() != null && seat.subnet().getMetadata().getDeletionTimestamp() != null;
  }

  private static Head head(Seat seat) {
    var subnet = seat.subnet();
    if (subnet == null) {
      var created = seat.vpc().getMetadata().getCreationTimestamp();
      return new Head(
          seat.identity(),
          seat.name(),
          seat.slug(),
          "Addresses of the cluster",
          created,
          created,
          1L,
          Map.of(ROLE_LABEL, "true"),
          Map.of());
    }
    var metadata = subnet.getMetadata();
    var labels =
        new TreeMap<>(
            Noted.of(subnet).map(Noted::labels).orElse(Labels.visible(metadata.getLabels())));
    if (takesThoseThatNameNone(subnet)) {
      labels.putIfAbsent(ROLE_LABEL, "true");
    }
    return new Head(
        seat.identity(),
        seat.name(),
        seat.slug(),
        Heads.annotation(subnet, Notes.DESCRIPTION, ""),
        metadata.getCreationTimestamp(),
        metadata.getCreationTimestamp(),
        Heads.version(subnet),
        labels,
        Labels.visible(metadata.getAnnotations()));
  }

  private static String cidr(Subnet subnet) {
    return Noted.of(subnet)
        .map(Noted::cidr)
        .orElseGet(() -> String.join(",", subnet.getSpec().addressPools()));
  }

  public static Subnet create(World world, SubnetRequest request) {
    var vpcIdentity = Text.required("vpcIdentity", request.vpcIdentity());
    var vpc =
        world
            .findVpc(vpcIdentity)
            .orElseThrow(() -> Refusal.unknown("vpcIdentity", "VPC", vpcIdentity));
    var cidr = Text.required("cidr", request.cidr());
    var parts = Arrays.asList(cidr.split(",", -1));
    if (parts.size() > 2) {
      throw Refusal.invalid("cidr", "at most one IPv4 and one IPv6 network are allowed");
    }
    parts.forEach(part -> Networks.network("cidr", part.strip()));
    var subnet = new Subnet();
    var metadata = Heads.created("", LONGEST_NAME, unlabelled(request));
    metadata.setNamespace(null);
    metadata.setLabels(Map.of(Notes.ORGANISATION, world.organisation().identity()));
    subnet.setMetadata(metadata);
    subnet.setSpec(spec(vpc));
    return written(subnet, cidr, request);
  }

  private static Subnet written(Subnet subnet, String cidr, SubnetRequest request) {
    var labels = subnet.getMetadata().getLabels();
    var next = new Subnet();
    next.setMetadata(Heads.written(subnet.getMetadata(), unlabelled(request)));
    next.getMetadata().setLabels(labels);
    next.setSpec(subnet.getSpec());
    var noted = new Noted(cidr, Labels.noted(request.labels()));
    next.getMetadata().getAnnotations().put(Notes.LITERAL, Json.text(noted));
    return next;
  }

  private static SubnetRequest unlabelled(SubnetRequest request) {
    return new SubnetRequest(
        request.name(),
        request.description(),
        null,
        request.annotations(),
        request.objectVersion(),
        request.vpcIdentity(),
        request.cidr());
  }

  private static SubnetSpec spec(Namespace vpc) {
    return new SubnetSpec(
        Scheme.INTERNAL,
        false,
        null,
        List.of(),
        new LabelSelectorBuilder()
            .addToMatchLabels(NAMESPACE_LABEL, vpc.getMetadata().getName())
            .build(),
        List.of());
  }

  /** The subnet that was created. */
  public static Seat seat(World world, Subnet created) {
    return world.seats().stream()
        .filter(
            it -> it.subnet() != null && Identity.seed(it.subnet()).equals(Identity.seed(created)))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("subnet", created.getMetadata().getName()));
  }

  public static Subnet update(Subnet subnet, SubnetRequest request) {
    Heads.checkVersion(subnet, request);
    return written(subnet, cidr(subnet), request);
  }

  /** The Subnet to delete. */
  public static Subnet deletion(World world, Seat seat) {
    var subnet = owned(world, seat, "deleted");
    var users =
        world.loadBalancers().stream()
            .filter(it -> Seating.of(world, it).identity().equals(seat.identity()))
            .map(Identity::of)
            .toList();
    if (!users.isEmpty()) {
      throw Refusal.conflict(
          "subnet %s is in use by %d load balancers, the first is %s: delete or move them first"
              .formatted(seat.identity(), users.size(), users.getFirst()));
    }
    return subnet;
  }

  /** The Subnet, if the caller's organisation made it. */
  public static Subnet owned(World world, Seat seat, String what) {
    var subnet = seat.subnet();
    if (subnet == null || !Notes.belongs(subnet, world.organisation().identity())) {
      throw Refusal.forbidden(
          "subnet %s is provided by the platform and cannot be %s here"
              .formatted(seat.identity(), what));
    }
    return subnet;
  }
}
